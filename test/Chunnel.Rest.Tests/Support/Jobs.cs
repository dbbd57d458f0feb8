namespace Chunnel.Rest.Tests;

/// <summary>Jobs that tests submit.</summary>
internal static class Jobs
{
    /// <summary>Five rows and done.</summary>
    public const string Short = """
        {
          "env": { "job.mode": "BATCH", "job.name": "short" },
          "source": [ { "plugin_name": "FakeSource", "plugin_output": "fake", "row.num": 5, "schema": { "fields": { "id": "bigint", "name": "string", "age": "int" } } } ],
          "sink": [ { "plugin_name": "Console", "plugin_input": [ "fake" ] } ]
        }
        """;

    /// <summary>Runs until somebody stops it.</summary>
    public const string Endless = """
        {
          "env": { "job.mode": "STREAMING", "job.name": "endless", "checkpoint.interval": 5000, "parallelism": 1 },
          "source": [ { "plugin_name": "FakeSource", "plugin_output": "fake", "row.num": 3, "split.num": 100000, "split.read-interval": 200, "schema": { "fields": { "id": "bigint", "name": "string", "age": "int" } } } ],
          "sink": [ { "plugin_name": "Console", "plugin_input": [ "fake" ] } ]
        }
        """;

    /// <summary>Fails at its end, at once and for good.</summary>
    public const string Failing = """
        {
          "env": { "job.mode": "BATCH", "job.name": "failing", "job.retry.times": 0 },
          "source": [ { "plugin_name": "FakeSource", "plugin_output": "fake", "row.num": 5, "schema": { "fields": { "id": "bigint" } } } ],
          "sink": [ { "plugin_name": "Assert", "plugin_input": "fake", "rules": { "row_rules": [ { "rule_type": "MAX_ROW", "rule_value": 1 } ] } } ]
        }
        """;
}
