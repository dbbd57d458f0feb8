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

    /// <summary>Five rows, of which a filter drops one and a query cannot divide by two.</summary>
    /// <param name="env">What becomes of those, as a member of <c>env</c>.</param>
    public static string Refusing(string env) => $$"""
        {
          "env": { "job.mode": "BATCH", {{env}} },
          "source": [ { "plugin_name": "FakeSource", "plugin_output": "fake", "schema": { "fields": { "n": "int" } },
            "rows": [ { "kind": "INSERT", "fields": [ 1 ] }, { "kind": "INSERT", "fields": [ 0 ] }, { "kind": "INSERT", "fields": [ 5 ] }, { "kind": "INSERT", "fields": [ 0 ] }, { "kind": "INSERT", "fields": [ 9 ] } ] } ],
          "transform": [ { "plugin_name": "Sql", "plugin_input": "fake", "plugin_output": "out", "query": "select 100 / n as x from fake where n < 9" } ],
          "sink": [ { "plugin_name": "Console", "plugin_input": "out" } ]
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
