package io.twinstream.standalone;
public final class Main { public static void main(String[] a) throws Exception {
 long t=System.nanoTime();
 var b=io.twinstream.standalone.engine.EmbeddedBroker.start(java.nio.file.Path.of(a[0]));
 System.err.println("broker "+(System.nanoTime()-t)/1000000);
 var admin=org.apache.kafka.clients.admin.Admin.create(java.util.Map.of("bootstrap.servers", (Object) b.bootstrapServers()));
 var c=io.twinstream.standalone.engine.EmbeddedConnect.start(admin,b.bootstrapServers());
 System.err.println("connect "+(System.nanoTime()-t)/1000000);
 c.run("x", java.util.Map.of("connector.class","org.apache.kafka.connect.tools.MockSourceConnector"));
 System.err.println("connector "+(System.nanoTime()-t)/1000000);
 c.close(); System.err.println("connect closed "+(System.nanoTime()-t)/1000000);
 b.close(); System.err.println("closed "+(System.nanoTime()-t)/1000000);
}}
