#!/bin/bash
# Runs a class of Kafka's.
exec java ${KAFKA_HEAP_OPTS:--Xmx512m} -Dlog4j2.configurationFile="${KAFKA_LOG4J_FILE:-/etc/kafka/docker/log4j2.yaml}" \
  ${KAFKA_OPTS:-} -cp '/opt/kafka/libs/*' "$@"
