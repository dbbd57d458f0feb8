using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Fake.Tests.Source;

/// <summary>Made-up rows of every type, in splits that do not come out even.</summary>
public sealed class FakeSourceKeepsTheContract : SourceContract
{
    protected override SourcePlugin Plugin => Jobs.FakeSource;

    protected override long? ExpectedRows => 2 * 3001;

    protected override SettingsObject Settings { get; } = TestSettings.Of("""
        {"row.num": 3001, "split.num": 3, "seed": 7, "schema": {"columns": [
            {"name": "s", "type": "string"}, {"name": "b", "type": "boolean"}, {"name": "t", "type": "tinyint"}, {"name": "i", "type": "int"},
            {"name": "l", "type": "bigint"}, {"name": "f", "type": "float"}, {"name": "d", "type": "double"}, {"name": "dec", "type": "decimal(30, 8)"},
            {"name": "y", "type": "bytes"}, {"name": "day", "type": "date"}, {"name": "tm", "type": "time"}, {"name": "ts", "type": "timestamp"},
            {"name": "tz", "type": "timestamp_tz"}, {"name": "n", "type": "null"}, {"name": "a", "type": "array<string>"},
            {"name": "m", "type": "map<int, array<date>>"}, {"name": "r", "type": {"x": "int", "y": "map<string, string>"}},
            {"name": "v", "type": "float_vector", "columnScale": 3}, {"name": "sv", "type": "sparse_float_vector"}, {"name": "bv", "type": "binary_vector"},
            {"name": "hv", "type": "float16_vector"}, {"name": "wv", "type": "bfloat16_vector"}, {"name": "c", "type": "int", "defaultValue": 42}]}}
        """);

    protected override SettingsObject? SettingsWithoutRows { get; } = TestSettings.Of("""{"row.num": 0, "schema": {"fields": {"a": "int"}}}""");
}

/// <summary>Listed rows, and several tables.</summary>
public sealed class ListedRowsKeepTheContract : SourceContract
{
    protected override SourcePlugin Plugin => Jobs.FakeSource;

    protected override SettingsObject Settings { get; } = TestSettings.Of($$"""
        {"tables_configs": [
            {"split.num": 2, "schema": {"table": "a.b", "fields": {"id": "int", "name": "string"} }, "rows": [{{string.Join(",", Enumerable.Range(0, 5000).Select(i => $$"""{"kind": "{{(i % 2 == 0 ? "INSERT" : "DELETE")}}", "fields": [{{i}}, "n{{i}}"]}"""))}}]},
            {"row.num": 100, "seed": 1, "schema": {"table": "c", "fields": {"x": "double"} } }]}
        """);
}
