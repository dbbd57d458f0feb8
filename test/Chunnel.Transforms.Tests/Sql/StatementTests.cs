using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;
using Chunnel.Transforms.Sql;

namespace Chunnel.Transforms.Tests.Sql;

[Trait("spec", "transforms.md 4")]
public class StatementTests
{
    private static readonly TableSchema People = new(TablePath.Parse("people"),
    [
        new ColumnDef("id", DataType.BigInt) { Nullable = false, Comment = "the key", Length = 20 },
        new ColumnDef("name", DataType.String) { Length = 40, Default = "?" },
        new ColumnDef("age", DataType.Int),
        new ColumnDef("score", DataType.Double),
    ])
    {
        PrimaryKey = new PrimaryKey("pk", ["id"]),
    };

    private static readonly BoxedRow[] Rows =
    [
        new(1L, "Joy Ding", 20, 1.5),
        new(2L, "May", 30, -2.5),
        new(RowKind.UpdateAfter, [2L, "May Lee", 31, 0.0]),
        new(RowKind.Delete, [1L, "Joy Ding", 20, 1.5]),
        new(3L, null, null, null),
    ];

    [Fact]
    public void Columns_aliases_arithmetic_and_a_filter_work_together() =>
        Query.Run(People, "select id, name as n, age + 1 as age1, score * 2 as s2 from people where age >= 30 or name is null", Rows).ShouldBe(
        [
            new BoxedRow(2L, "May", 31, -5.0),
            new BoxedRow(RowKind.UpdateAfter, [2L, "May Lee", 32, 0.0]),
            new BoxedRow(3L, null, null, null),
        ]);

    [Fact] // transforms.md 97
    public void A_star_keeps_order_and_metadata()
    {
        using var transform = Query.Over(People, "select * from people");
        transform.Output.Columns.ShouldBe(People.Columns);
        transform.Output.PrimaryKey.ShouldBe(People.PrimaryKey);
    }

    [Fact] // transforms.md 98
    public void A_star_may_be_followed_by_expressions()
    {
        using var transform = Query.Over(People, "select *, upper(name) as u from people");
        transform.Output.Columns.Select(column => column.Name).ShouldBe(["id", "name", "age", "score", "u"]);
    }

    [Fact] // transforms.md 99, 109
    public void A_renamed_column_keeps_its_metadata_and_the_table_loses_the_key()
    {
        using var transform = Query.Over(People, "select id as nr, name from people");
        transform.Output.Columns[0].ShouldBe(People.Columns[0] with { Name = "nr" });
        transform.Output.Columns[1].ShouldBe(People.Columns[1]);
        transform.Output.PrimaryKey.ShouldBeNull();
    }

    [Fact] // transforms.md 100
    public void An_expression_without_alias_is_named_by_its_text()
    {
        using var transform = Query.Over(People, "select age+1, upper( name ), case when age>1 then 'x' end from people");
        transform.Output.Columns.Select(column => column.Name).ShouldBe(["age + 1", "upper(name)", "CASE WHEN age > 1 THEN 'x' END"]);
    }

    [Fact] // transforms.md 96
    public void Any_name_may_stand_behind_from() => Query.Run(People, "select id from dual where id = 3", Rows).ShouldBe([new BoxedRow(3L)]);

    [Theory] // transforms.md 96
    [InlineData("dual", "{}", true)]
    [InlineData("people", "{}", false)]
    [InlineData("src", """{ "plugin_input": "src" }""", false)]
    [InlineData("src", """{ "source_table_name": "src" }""", false)]
    public async Task A_name_that_is_not_the_tables_is_told(string from, string settings, bool told)
    {
        var said = new List<string>();
        var block = TestSettings.Of(settings.Replace("{", $$"""{ "query": "select id from {{from}}"{{(settings.Length > 2 ? "," : "")}}""", StringComparison.Ordinal));
        await using var transform = await new SqlPlugin().CreateAsync(new TransformContext { Settings = block, Tables = [People], Say = said.Add }, TestContext.Current.CancellationToken);
        said.ShouldBe(told ? [$"The query selects from '{from}', the table that comes in is 'people': the name is taken for it."] : []);
    }

    [Fact] // transforms.md 101
    public void Keywords_in_backticks_are_names()
    {
        var table = Query.Table(("select", DataType.Int), ("order", DataType.String), ("type", DataType.String), ("value", DataType.Double));
        using var transform = Query.Over(table, "select `select`, `order` as `group`, type, value from src where `select` > 0");
        transform.Output.Columns.Select(column => column.Name).ShouldBe(["select", "group", "type", "value"]);
    }

    [Fact] // transforms.md 102, 6
    public void Rows_for_which_the_condition_is_false_or_null_go() =>
        Query.Run(People, "select id from people where age > 25", Rows).ShouldBe([new BoxedRow(2L), new BoxedRow(RowKind.UpdateAfter, [2L])]);

    [Fact]
    public void The_table_may_be_named_before_a_column() => Query.Run(People, "select people.id from people where people.age = 20", Rows[..1]).ShouldBe([new BoxedRow(1L)]);

    [Theory] // transforms.md 103
    [InlineData("select a.id from people a", "Unsupported table alias name syntax")]
    [InlineData("select id from people join b on x = y", "Unsupported table join syntax")]
    [InlineData("select id from people, b", "Unsupported table join syntax")]
    [InlineData("select id from db.people", "Unsupported schema syntax")]
    [InlineData("select id from (select 1)", "Unsupported sub table syntax")]
    [InlineData("select id from people group by id", "Unsupported GROUP BY syntax")]
    [InlineData("select id from people having id > 1", "Unsupported HAVING syntax")]
    [InlineData("select id from people order by id", "Unsupported ORDER BY syntax")]
    [InlineData("select id from people where id > 1 limit 3", "Unsupported LIMIT,OFFSET syntax")]
    [InlineData("select id from people union select id from people", "Unsupported SQL syntax")]
    [InlineData("select distinct id from people", "Unsupported DISTINCT syntax")]
    [InlineData("select top 5 id from people", "Unsupported TOP syntax")]
    [InlineData("with x as (select 1) select id from x", "Unsupported WITH syntax")]
    [InlineData("insert into people values (1)", "Only supported DQL(select) SQL")]
    [InlineData("select id from people; select id from people", "Only supported DQL(select) SQL")]
    public void What_sql_has_beyond_one_select_over_one_table_is_refused(string query, string cause) =>
        Query.Problems(People, query).ShouldContain(problem => problem.What == $"SQL validate failed: {query}, cause: {cause}", query);

    [Theory] // transforms.md 104
    [InlineData("select from people")]
    [InlineData("select id, from people")]
    [InlineData("select (id from people")]
    [InlineData("select id from people where")]
    [InlineData("select 'open from people")]
    [InlineData("select id as from people")]
    [InlineData("select case when 1 = 1 then 2 from people")]
    [InlineData("")]
    [InlineData("select id from people where id >")]
    [InlineData("select id § from people")]
    public void What_does_not_parse_says_so(string query) =>
        Query.Problems(People, query)[0].What.ShouldStartWith($"SQL parse failed: {query}, cause: ");

    [Fact] // transforms.md 105, 110
    public void All_mistakes_come_in_one_answer()
    {
        var problems = Query.Problems(People, "select ID, nme, age + name, nosuch(1) from people where score");
        problems.Select(problem => problem.What).ShouldBe(
        [
            "can't find field [ID]",
            "can't find field [nme]",
            "Unsupported SQL Expression: age + name",
            "Unsupported function: nosuch",
            "Unsupported SQL Expression: score",
        ]);
        problems[1].Mend.ShouldBe("Did you mean 'name'?");
    }

    [Fact]
    public void Two_columns_of_one_name_are_refused() =>
        Query.Problems(People, "select id, id from people").Single().What.ShouldContain("Table people field id duplicate");

    [Fact]
    public void A_name_that_starts_with_a_digit_is_no_number_with_an_alias()
    {
        var table = Query.Table(("1级区域", DataType.String), ("7_day", DataType.Int));
        Query.Problems(table, "select 1级区域 from src").Single().What.ShouldContain("`1级区域`");
        Query.Run(table, "select `1级区域`, `7_day` + 1 as d8 from src", new BoxedRow("a", 3)).ShouldBe([new BoxedRow("a", 4)]);
    }

    [Fact]
    public void Quotes_protect_comment_marks_and_semicolons() =>
        Query.Run(People, "select id, '-- no /* comment */; it''s' as x -- but this\n from /* and this */ people where id = 1;", Rows[0]).ShouldBe([new BoxedRow(1L, "-- no /* comment */; it's")]);

    [Fact]
    public void An_expression_may_be_nested_deeply_but_not_without_end()
    {
        var deep = $"select {new string('(', 300)}age{new string(')', 300)} as x from people";
        Query.Run(People, deep, Rows[0]).ShouldBe([new BoxedRow(20)]);
        var tooDeep = $"select {new string('(', 3000)}age{new string(')', 3000)} as x from people";
        Query.Problems(People, tooDeep).ShouldContain(problem => problem.What.EndsWith("nested more than 400 levels deep."));
    }
}
