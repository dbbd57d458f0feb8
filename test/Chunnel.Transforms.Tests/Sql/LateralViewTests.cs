using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;
using Chunnel.Transforms.Sql;

namespace Chunnel.Transforms.Tests.Sql;

[Trait("spec", "transforms.md 4")]
public class LateralViewTests
{
    private static readonly TableSchema Orders = Query.Table(("id", DataType.Int), ("tags", DataType.Array(DataType.String)), ("n", DataType.Array(DataType.Int)), ("s", DataType.String));

    private static readonly TableSchema Nested = Query.Table(
        ("id", DataType.Int), ("a", DataType.Array(DataType.Array(DataType.Int))),
        ("r", DataType.Array(DataType.Row([new RowField("n", DataType.Int), new RowField("more", DataType.Row([new RowField("items", DataType.Array(DataType.String))]))]))));

    private static readonly TableSchema Deep = Query.Table(("id", DataType.Int), ("a", DataType.Array(DataType.Array(DataType.Array(DataType.Int)))), ("b", DataType.Array(DataType.Int)));

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

    [Fact] // transforms.md 163, 164: views count from left to right
    public async Task A_view_explodes_the_elements_of_an_earlier_one()
    {
        var deep = new BoxedList(new BoxedList(1, null, 2), null, new BoxedList(), new BoxedList(3));
        (await RunAsync(Nested, "select id from t lateral view explode(a) as x lateral view explode(x) as y", [new(7, deep, null), new(8, null, null)]))
            .Select(row => (row[0], row[2])).ShouldBe([(7, 1), (7, 2), (7, 3)]);
        (await RunAsync(Nested, "select id from t lateral view outer explode(a) as x lateral view outer explode(x) as y", [new(7, deep, null), new(8, null, null)]))
            .Select(row => (row[0], row[2])).ShouldBe([(7, 1), (7, null), (7, 2), (7, null), (7, null), (7, 3), (8, null)]);
        (await RunAsync(Nested, "select id, a from t lateral view explode(a) as a lateral view explode(a) as b", [new(7, deep, null)]))
            .Select(row => (row[1], row[2])).ShouldBe([(new BoxedList(1, null, 2), 1), (new BoxedList(1, null, 2), 2), (new BoxedList(3), 3)]);
    }

    [Fact]
    public async Task An_array_in_a_row_in_an_array_is_reached_by_its_field()
    {
        const string query = "select id, item from t lateral view explode(r) as o lateral view outer explode(o.more.items) as item";
        object? Order(params object?[]? items) => new BoxedList(1, new BoxedList([items is null ? null : new BoxedList(items)]));
        (await RunAsync(Nested, query, [new(7, null, new BoxedList(Order("a", "b"), null, Order(null), new BoxedList(1, null), Order("c")))]))
            .Select(row => row[1]).ShouldBe(["a", "b", null, null, "c"]);
        using var made = Made(Nested, query);
        made.Output.Columns.Select(column => $"{column.Name} {column.Type}").ShouldBe(["id int", "item string", "o row<n int, more row<items array<string>>>"]);
    }

    /// <summary>Any arrays within arrays, nulls on every level, and views that stand in or beside each other: what nested loops over boxed rows give.</summary>
    [Fact]
    public async Task Views_in_views_are_nested_loops()
    {
        const int seed = 1130;
        var dice = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var views = new List<(string List, string Alias, bool Outer)>();
            var open = new List<string> { "a", "b" };
            var depth = new Dictionary<string, int> { ["a"] = 3, ["b"] = 1 };
            for (var view = dice.Next(1, 5); view > 0; view--)
            {
                var list = open[dice.Next(open.Count)];
                var alias = $"v{view}";
                depth[alias] = depth[list] - 1;
                if (depth[alias] > 0) open.Add(alias);
                views.Add((list, alias, dice.Next(2) == 0));
            }
            var query = "select id from t" + string.Concat(views.Select(view => $" lateral view {(view.Outer ? "outer " : "")}explode({view.List}) as {view.Alias}"));
            BoxedRow[] rows = [.. Enumerable.Range(0, dice.Next(1, 12)).Select(id => new BoxedRow((RowKind)dice.Next(4), [id, RandomArray(dice, 3), RandomArray(dice, 1)]))];
            var expected = rows.SelectMany(row => Loop(new Dictionary<string, object?> { ["a"] = row[1], ["b"] = row[2] }, views, 0).Select(elements => new BoxedRow(row.Kind, [row[0], .. elements])));
            (await RunAsync(Deep, query, rows)).ShouldBe(expected, $"seed {seed}, round {round}: {query}");
        }
    }

    /// <summary>One row with more elements within elements than a batch holds, at its border too.</summary>
    [Fact]
    public async Task Elements_of_elements_go_over_the_border_of_a_batch()
    {
        var list = new BoxedList([.. Enumerable.Range(0, 100).Select(i => new BoxedList([.. Enumerable.Range(i * 100, 100).Cast<object?>()]))]);
        (await RunAsync(Nested, "select id from t lateral view explode(a) as x lateral view explode(x) as y", [new(7, list, null)])).Select(row => row[2]).ShouldBe(Enumerable.Range(0, 10_000).Cast<object?>());
    }

    [Theory]
    [InlineData("select id from t lateral view explode(a) as x lateral view explode(x) as y lateral view explode(y) as z", "Unsupported SQL Expression: y", "It is of type INT: EXPLODE takes an array, as SPLIT and ARRAY give.")]
    [InlineData("select id from t lateral view explode(r) as o lateral view explode(o.mroe.items) as i", "can't find field [o.mroe.items]", "Did you mean 'more'?")]
    [InlineData("select id from t lateral view explode(a) as x lateral view explode(x.items) as i", "can't find field [x.items]", null)]
    [InlineData("select id from t lateral view explode(r) as o lateral view explode(o.n) as i", "Unsupported SQL Expression: o.n", "It is of type INT: EXPLODE takes an array, as SPLIT and ARRAY give.")]
    [InlineData("select id from t lateral view explode(y) as x lateral view explode(a) as y", "can't find field [y]", "LATERAL VIEW gives it after all else: name it alone in the select list or in a later EXPLODE, or filter behind this transform.")]
    [InlineData("select id from t lateral view explode(id) as x lateral view explode(x) as y", "Unsupported SQL Expression: id", "It is of type INT: EXPLODE takes an array, as SPLIT and ARRAY give.")]
    public void Elements_that_are_no_arrays_are_told(string query, string what, string? mend)
    {
        var problem = Query.Problems(Nested, query).ShouldHaveSingleItem();
        problem.What.ShouldContain(what);
        problem.Mend.ShouldBe(mend);
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
        Query.Problems(Orders, query).Single().Mend.ShouldBe("LATERAL VIEW gives it after all else: name it alone in the select list or in a later EXPLODE, or filter behind this transform.");

    private static object? RandomArray(Random dice, int depth) =>
        dice.Next(6) == 0 ? null : new BoxedList([.. Enumerable.Range(0, dice.Next(4)).Select(_ => depth > 1 ? RandomArray(dice, depth - 1) : dice.Next(5) == 0 ? null : dice.Next(100))]);

    /// <summary>The elements of each combination, view by view.</summary>
    private static IEnumerable<List<object?>> Loop(Dictionary<string, object?> seen, IReadOnlyList<(string List, string Alias, bool Outer)> views, int view)
    {
        if (view == views.Count)
        {
            yield return [.. views.Select(each => seen[each.Alias])];
            yield break;
        }
        var (list, alias, outer) = views[view];
        var elements = (seen[list] as BoxedList)?.Items.Where(element => outer || element is not null).ToList() ?? [];
        if (outer && elements.Count == 0) elements.Add(null);
        foreach (var element in elements)
        {
            foreach (var rest in Loop(new Dictionary<string, object?>(seen) { [alias] = element }, views, view + 1)) yield return rest;
        }
    }

    private static Chunnel.Transforms.Tables.ITableTransform Made(string query) => Made(Orders, query);

    private static Chunnel.Transforms.Tables.ITableTransform Made(TableSchema table, string query)
    {
        var transform = Query.Over(table, query);
        return new Chunnel.Transforms.Sql.Explosions.ExplodingTransform(transform, transform.Explosion!);
    }

    private static Task<IReadOnlyList<BoxedRow>> RunAsync(string query) => RunAsync(Orders, query, Rows);

    private static async Task<IReadOnlyList<BoxedRow>> RunAsync(TableSchema table, string query, BoxedRow[] rows)
    {
        var memory = new TestMemory();
        var output = new Gathered();
        using (var transform = Made(table, query)) await transform.ApplyAsync(BoxedRows.ToBatch(table, rows, memory.Memory), output, TestContext.Current.CancellationToken);
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
