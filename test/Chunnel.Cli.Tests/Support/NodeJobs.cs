using Chunnel.Client;

namespace Chunnel.Cli.Tests;

/// <summary>Jobs that tests hand to a node.</summary>
internal static class NodeJobs
{
    public static JobOrder Rows(int rows) => new($$"""
        env { job.mode = "BATCH", job.name = "rows" }
        source { FakeSource { plugin_output = "fake", row.num = {{rows}}, schema = { fields { id = bigint } } } }
        sink { Console { plugin_input = "fake" } }
        """, "hocon");

    public static JobOrder Failing => new("""
        env { job.mode = "BATCH", job.name = "failing", job.retry.times = 0 }
        source { FakeSource { plugin_output = "fake", row.num = 5, schema = { fields { id = bigint } } } }
        sink { Assert { plugin_input = "fake", rules { row_rules = [ { rule_type = MAX_ROW, rule_value = 1 } ] } } }
        """, "hocon");

    public static JobOrder Endless => new("""
        env { job.mode = "STREAMING", job.name = "endless", parallelism = 1 }
        source { FakeSource { plugin_output = "fake", row.num = 3, split.num = 100000, split.read-interval = 200, schema = { fields { id = bigint } } } }
        sink { Console { plugin_input = "fake" } }
        """, "hocon");
}
