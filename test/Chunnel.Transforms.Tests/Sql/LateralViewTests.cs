using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;
using Chunnel.Transforms.Sql;

namespace Chunnel.Transforms.Tests.Sql;

[Trait("spec", "transforms.md 4")]
public class LateralViewTests
{
    private static readonly TableSchema Orders = Query.Table(("id", DataType.Int), ("tags", DataType.Array(DataType.String)), ("n", DataType.Array(DataType.Int)), ("s", DataType.String));

    private static readonly BoxedRow[] Rows =
    [
        new(1, new BoxedList("a", "b"), new BoxedList(10, 20), "x,y"),
        new(RowKind.UpdateAfter, [2, new BoxedList(), new BoxedList(30), ""]),
        new(RowKind.Delete, [3, null, new BoxedList(40), null]),
        new(4, new BoxedList("c", null), new BoxedList(), "z"),
    ];

    [Fact] // transforms.md 163, 164: null elements are left out, rows without elements drop
    public async Task Every_element_becomes_a_row() =>
        (await RunAsync("select id, tag from t lateral view explode(tags) as tag")).ShouldBe([new(1, "a"), new(1, "b"), new(4, "c")]);

    [Fact] // transforms.md 163, 164
    public async Task Outer_keeps_rows_without_elements_and_their_kind() =>
        (await RunAsync("select id from t lateral view outer explode(tags) as tag")).ShouldBe(
            [new(1, "a"), new(1, "b"), new(RowKind.UpdateAfter, [2, null]), new(RowKind.Delete, [3, null]), new(4, "c"), new(4, null)]);

    [Fact] // transforms.md 165
    public async Task An_alias_like_a_column_takes_its_place()
    {
        (await RunAsync("select tags, id from t lateral view explode(tags) as tags")).ShouldBe([new("a", 1), new("b", 1), new("c", 4)]);
        using var output = Made("select tags, id from t lateral view explode(tags) as tags");
        output.Output.Columns.Select(column => $"{column.Name} {column.Type}").ShouldBe(["tags string", "id int"]);
    }

    [Fact]
    public async Task A_new_alias_comes_last_or_where_the_select_list_names_it()
    {
        (await RunAsync("select id from t lateral view explode(split(s, ',')) as piece where id < 3")).ShouldBe([new(1, "x"), new(1, "y"), new(RowKind.UpdateAfter, [2, ""])]);
        (await RunAsync("select piece as p, id from t lateral view explode(split(s, ',')) as piece where id = 1")).ShouldBe([new("x", 1), new("y", 1)]);
        (await RunAsync("select *, id + 1 as j from t lateral view explode(array(7, 8)) as e where id = 4")).Select(row => (row[4], row[5])).ShouldBe([(5, 7), (5, 8)]);
    }

    [Fact]
    public async Task Several_views_give_every_combination_from_left_to_right() =>
        (await RunAsync("select id from t lateral view explode(tags) as tag lateral view outer explode(n) as m")).ShouldBe(
            [new(1, "a", 10), new(1, "a", 20), new(1, "b", 10), new(1, "b", 20), new(4, "c", null)]);

    [Fact]
    public async Task Rows_that_the_filter_drops_are_not_exploded() =>
        (await RunAsync("select id from t lateral view explode(n) as m where id > 1 and id <> 3")).ShouldBe([new(RowKind.UpdateAfter, [2, 30])]);

    [Fact]
    public async Task More_elements_than_a_batch_holds_come_in_several()
    {
        var many = Enumerable.Range(0, 3000).Cast<object?>().ToArray();
        var output = new Gathered();
        using (var transform = Made("select id from t lateral view explode(n) as m"))
        {
            var memory = new TestMemory();
            var batch = BoxedRows.ToBatch(Orders, [new BoxedRow(1, null, new BoxedList(many), null), new BoxedRow(2, null, new BoxedList(many), null)], memory.Memory);
            await transform.ApplyAsync(batch, output, TestContext.Current.CancellationToken);
            transform.Dispose();
            memory.MustBeBack();
        }
        output.Batches.ShouldBe([4096, 1904]);
        output.Rows.ShouldBe([.. many.Select(each => new BoxedRow(1, each)), .. many.Select(each => new BoxedRow(2, each))]);
    }

    [Theory]
    [InlineData("select id from t lateral view explode(id) as x", "Unsupported SQL Expression: id")]
    [InlineData("select id from t lateral view explode(nosuch) as x", "can't find field [nosuch]")]
    [InlineData("select id from t lateral view posexplode(tags) as x", "Unsupported LATERAL VIEW syntax")]
    [InlineData("select id from t where id > 1 lateral view explode(tags) as x", "Unsupported LATERAL VIEW syntax")]
    [InlineData("select id from t lateral view explode(tags)", "Expected AS, but the query ends here.")]
    [InlineData("select id from t lateral view explode(tags) as x lateral view explode(n) as x", "field x duplicate")]
    [InlineData("select id from t lateral view explode(tags) as x where x = 'a'", "can't find field [x]")]
    public void Mistakes_are_told_with_the_query(string query, string what) =>
        Query.Problems(Orders, query)[0].What.ShouldContain(what);

    [Theory]
    [InlineData("select id from t lateral view explode(tags) as x where x = 'a'")]
    [InlineData("select upper(x) as u from t lateral view explode(tags) as x")]
    [InlineData("select id from t lateral view explode(tags) as x lateral view explode(split(x, '-')) as y")]
    public void What_does_not_see_the_elements_says_so(string query) =>
        Query.Problems(Orders, query).Single().Mend.ShouldBe("LATERAL VIEW gives it after all else: name it alone in the select list, or filter behind this transform.");

    private static Chunnel.Transforms.Tables.ITableTransform Made(string query)
    {
        var transform = Query.Over(Orders, query);
        return new Chunnel.Transforms.Sql.Explosions.ExplodingTransform(transform, transform.Explosion!);
    }

    private static async Task<IReadOnlyList<BoxedRow>> RunAsync(string query)
    {
        var memory = new TestMemory();
        var output = new Gathered();
        using (var transform = Made(query)) await transform.ApplyAsync(BoxedRows.ToBatch(Orders, Rows, memory.Memory), output, TestContext.Current.CancellationToken);
        memory.MustBeBack();
        return output.Rows;
    }

    private sealed class Gathered : ITransformOutput
    {
        public List<BoxedRow> Rows { get; } = [];

        public List<int> Batches { get; } = [];

        public ValueTask EmitAsync(ColumnBatch batch, CancellationToken stop)
        {
            Batches.Add(batch.Selected);
            using (batch) Rows.AddRange(BoxedRows.Of(batch));
            return ValueTask.CompletedTask;
        }
    }
}
