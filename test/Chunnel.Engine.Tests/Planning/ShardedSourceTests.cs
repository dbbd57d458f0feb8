using Chunnel.Control;
using Chunnel.Core;

namespace Chunnel.Engine.Tests;

/// <summary>Spec config.md 5: <c>dag-parsing.mode = SHARDING</c>.</summary>
public sealed class ShardedSourceTests
{
    [Fact]
    public async Task The_tables_of_a_sharded_source_arrive_as_the_first()
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync("""
            env {}
            source { Numbers { rows = 100, batch = 7, tables = ["a", "b", "c"], dag-parsing.mode = sharding } }
            transform { Odd {} }
            sink { Collect {} }
            """);
        ended.Status.ShouldBe(JobStatus.Finished, ended.ErrorText);
        test.Sink.Committed.OrderBy(row => row.Number).ShouldBe(Enumerable.Range(0, 50).SelectMany(number => Enumerable.Repeat(("a", 2L * number + 1), 3)));
        ended.Metrics.Read.Tables.Keys.ShouldBe(["a"]);
        ended.Pipelines[0].Vertices[0].TablePaths.ShouldBe(["a"]);
    }

    [Fact]
    public async Task By_default_each_table_stays_what_it_is()
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync("""
            env {}
            source { Numbers { rows = 10, tables = ["a", "b"], dag-parsing.mode = MULTIPLEX } }
            sink { Collect {} }
            """);
        ended.Status.ShouldBe(JobStatus.Finished, ended.ErrorText);
        test.Sink.Committed.Select(row => row.Table).Distinct().Order().ShouldBe(["a", "b"]);
    }

    [Fact]
    public void Tables_of_other_columns_are_no_parts_of_one()
    {
        var where = new TextPosition("job.conf", 3, 5);
        var a = Table("a", ("id", DataType.BigInt), ("name", DataType.String));
        ShardedSource.Wrong([a, Table("b", ("id", DataType.BigInt), ("name", DataType.String))], where).ShouldBeNull();
        foreach (var other in new[] { Table("b", ("id", DataType.BigInt)), Table("b", ("id", DataType.Int), ("name", DataType.String)), Table("b", ("name", DataType.String), ("id", DataType.BigInt)) })
        {
            var wrong = ShardedSource.Wrong([a, a, other], where).ShouldNotBeNull();
            wrong.Where.ShouldBe(where);
            wrong.What.ShouldContain("b has not the columns of a");
        }
    }

    private static TableSchema Table(string name, params (string Name, DataType Type)[] columns) =>
        new(TablePath.Parse(name), [.. columns.Select(column => new ColumnDef(column.Name, column.Type))]);
}
