using Chunnel.Bench;

// ./build.sh bench [formats]: what the parts can do, one core each.
await FormatBench.RunAsync();
