/* config
env {
  job.mode = BATCH
  parallelism =
}
*/
CREATE TABLE orders (id INT) WITH (
  'connector' = 'FakeSource',
  'schema' = '{ fields { id = "int", name "string" } }',
  'type' = 'source'
);
CREATE TABLE orders WITH ('type' = 'sink');
CREATE TABLE snk WITH ('connector' = 'Jdbc', 'password' = 's3cret', 'type' = 'sink' 'x');
CREATE TABLE mid AS SELECT 1;
INSERT INTO snk SELECT * FROM order;
INSERT INTO nowhere (id) SELECT id FROM orders;
UPDATE orders SET id = 1;
INSERT INTO snk SELECT 'open FROM orders;
