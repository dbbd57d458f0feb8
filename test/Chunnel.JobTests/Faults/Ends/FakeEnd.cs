using System.Globalization;

namespace Chunnel.JobTests;

/// <summary>Numbered rows from FakeSource: the key counts up, a transform makes the name.</summary>
internal sealed class FakeEnd : INumberedSource
{
    private int _rows;

    public string Block(int parallelism) => $$"""
        source { FakeSource { plugin_output = "numbers", row.num = {{(_rows / parallelism).ToString(CultureInfo.InvariantCulture)}}, split.num = 7,
          auto.increment.enabled = true, auto.increment.start = 0, schema { fields { id = bigint }, primaryKey { name = "pk", columnNames = [id] } } } }
        transform { Sql { plugin_input = "numbers", plugin_output = "named", query = "select id, concat('name ', id) as name from numbers" } }
        """;

    public Task FillAsync(int rows)
    {
        _rows = rows;
        return Task.CompletedTask;
    }
}
