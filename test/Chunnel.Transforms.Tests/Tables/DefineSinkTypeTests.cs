using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;
using Chunnel.Transforms.Copy;
using Chunnel.Transforms.DefineSinkType;
using Chunnel.Transforms.FieldRename;
using Chunnel.Transforms.Sql;

namespace Chunnel.Transforms.Tests.Tables;

/// <summary>Types that sinks write word for word (transforms.md 9, 89).</summary>
public sealed class DefineSinkTypeTests
{
    private const string Types = """{ "columns": [ { "column": "name", "type": "nvarchar2(10)" } ] }""";

    private static readonly TableSchema People = new(TablePath.Parse("db.people"), [new ColumnDef("id", DataType.Int) { Nullable = false }, new ColumnDef("name", DataType.String) { Length = 40, Comment = "whole" }])
    {
        PrimaryKey = new PrimaryKey("pk", ["id"]),
    };

    [Fact] // 89
    public async Task Only_the_type_for_sinks_changes()
    {
        var (table, rows) = await Transforming.ApplyAsync(new DefineSinkTypePlugin(), Types, People, new BoxedRow(1, "Joy"));
        table.Columns.ShouldBe([People.Columns[0], People.Columns[1] with { SinkType = "nvarchar2(10)" }]);
        table.PrimaryKey.ShouldBe(People.PrimaryKey);
        rows.ShouldBe([new BoxedRow(1, "Joy")]);
    }

    [Fact]
    public async Task Transforms_behind_carry_it_as_far_as_the_column_is_the_same()
    {
        var typed = (await Transforming.ApplyAsync(new DefineSinkTypePlugin(), Types, People)).Table;
        (await SinkTypesAsync(new FieldRenamePlugin(), """{ "prefix": "x_" }""")).ShouldBe("x_id:,x_name:nvarchar2(10)");
        (await SinkTypesAsync(new CopyPlugin(), """{ "fields": { "n": "name" } }""")).ShouldBe("id:,name:nvarchar2(10),n:nvarchar2(10)");
        (await SinkTypesAsync(new SqlPlugin(), """{ "query": "select name as n, upper(name) as u from t" }""")).ShouldBe("n:nvarchar2(10),u:");

        async Task<string> SinkTypesAsync(TransformPlugin plugin, string settings) =>
            string.Join(',', (await Transforming.ApplyAsync(plugin, settings, typed)).Table.Columns.Select(column => $"{column.Name}:{column.SinkType}"));
    }

    [Fact] // 9
    public async Task Unknown_columns_are_refused_by_name() =>
        (await Transforming.RefusedAsync(new DefineSinkTypePlugin(), """{ "columns": [ { "column": "nmae", "type": "t" }, { "column": "x", "type": "t" } ] }""", People)).Code.ToString()
            .ShouldBe("ErrorCode:[TRANSFORM_COMMON-02], ErrorDescription:[The input fields 'nmae,x' of 'DefineSinkType' transform not found in upstream schema]");

    [Fact]
    public async Task A_new_column_is_passed_on_and_a_renamed_one_is_a_mistake()
    {
        await using var transform = await Transforming.MakeAsync(new DefineSinkTypePlugin(), Types, People);
        var mail = new ColumnDef("mail", DataType.String);
        var wider = People.WithColumns([.. People.Columns, mail]);
        transform.Map(new AddColumn(People.Path, mail, new ColumnPlace()) { After = wider }).ShouldBeOfType<AddColumn>().Column.ShouldBe(mail);
        var longer = People.Columns[1] with { Length = 80 };
        transform.Map(new ModifyColumn(People.Path, longer, new ColumnPlace()) { After = wider.WithColumns([wider.Columns[0], longer, mail]) }).ShouldBeOfType<ModifyColumn>().Column.ShouldBe(longer with { SinkType = "nvarchar2(10)" });
        Should.Throw<ProblemsException>(() => transform.Map(new ChangeColumn(People.Path, "name", mail, new ColumnPlace()) { After = People.WithColumns([People.Columns[0], mail]) }));
    }
}

public sealed class DefineSinkTypeKeepsTheContract : TransformContract
{
    protected override TransformPlugin Plugin => new DefineSinkTypePlugin();

    protected override SettingsObject Settings => TestSettings.Of("""{ "columns": [ { "column": "c3", "type": "bigint" }, { "column": "c20", "type": "jsonb" } ] }""");

    protected override TableSchema Table { get; } = RandomRows.EveryType();
}
