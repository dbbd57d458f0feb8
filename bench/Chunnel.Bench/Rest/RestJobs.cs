namespace Chunnel.Bench;

/// <summary>The jobs that the bench of REST submits.</summary>
internal static class RestJobs
{
    /// <summary>Five rows, discarded by a rule that holds: over as soon as it runs.</summary>
    public const string Tiny = """
        {
          "env": { "job.mode": "BATCH", "job.name": "tiny" },
          "source": [ { "plugin_name": "FakeSource", "plugin_output": "fake", "row.num": 5, "schema": { "fields": { "id": "bigint", "name": "string", "age": "int" } } } ],
          "sink": [ { "plugin_name": "Assert", "plugin_input": "fake", "rules": { "row_rules": [ { "rule_type": "MAX_ROW", "rule_value": 5 } ] } } ]
        }
        """;

    /// <summary>A row a minute, for ever.</summary>
    public const string Endless = """
        {
          "env": { "job.mode": "STREAMING", "job.name": "endless", "checkpoint.interval": 60000 },
          "source": [ { "plugin_name": "FakeSource", "plugin_output": "fake", "row.num": 100, "split.num": 100, "split.read-interval": 60000, "schema": { "fields": { "id": "bigint", "name": "string", "age": "int" } } } ],
          "sink": [ { "plugin_name": "Assert", "plugin_input": "fake", "rules": { "row_rules": [ { "rule_type": "MAX_ROW", "rule_value": 1000000000 } ] } } ]
        }
        """;
}
