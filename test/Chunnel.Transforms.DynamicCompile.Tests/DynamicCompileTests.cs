using Chunnel.Config;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;
using Chunnel.Transforms.Tests.Tables;

namespace Chunnel.Transforms.DynamicCompile.Tests;

/// <summary>C# that stands in jobs (transforms.md 64, 65, 66, 67, 68).</summary>
[Collection("scripts")]
public sealed class DynamicCompileTests : IDisposable
{
    private const string Ages = """
        class Demo
        {
            public ColumnDef[] GetInlineOutputColumns(TableSchema table) => new[]
            {
                new ColumnDef("compile_language", DataType.String) { Length = 10 },
                new ColumnDef("age", DataType.Int) { Nullable = false },
            };

            public object?[] GetInlineOutputFieldValues(RowAccessor row) => new object?[] { "CSHARP", row["age"] is 20 ? 40 : row[1] };
        }
        """;

    private static readonly TableSchema People = new(TablePath.Parse("db.people"), [new ColumnDef("name", DataType.String), new ColumnDef("age", DataType.Int)]);

    private readonly string _folder = Directory.CreateTempSubdirectory("chunnel-scripts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact] // 64
    public async Task A_class_in_the_job_makes_columns_by_row()
    {
        var (table, rows) = await Transforming.ApplyAsync(new DynamicCompilePlugin(), Settings(Ages), People, new BoxedRow(RowKind.Delete, ["Joy", 20]), new BoxedRow("Kin", 30));
        table.Columns.Select(column => column.Name).ShouldBe(["name", "age", "compile_language"]);
        (table.Columns[1].Nullable, table.Columns[2].Length).ShouldBe((false, 10));
        rows.ShouldBe([new BoxedRow(RowKind.Delete, ["Joy", 40, "CSHARP"]), new BoxedRow("Kin", 30, "CSHARP")]);
    }

    [Fact] // 65
    public async Task A_file_does_the_same()
    {
        var file = Path.Combine(_folder, "ages.cs");
        await File.WriteAllTextAsync(file, Ages, TestContext.Current.CancellationToken);
        var (_, rows) = await Transforming.ApplyAsync(new DynamicCompilePlugin(), $$"""{ "compile_language": "CSHARP", "compile_pattern": "ABSOLUTE_PATH", "absolute_path": "{{file}}" }""", People, new BoxedRow("Joy", 20));
        rows.ShouldBe([new BoxedRow("Joy", 40, "CSHARP")]);
        await File.WriteAllTextAsync(file, Ages.Replace("row[1]", "rows[1]", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var problem = new DynamicCompilePlugin().Check(TestSettings.Of($$"""{ "compile_language": "CSHARP", "compile_pattern": "ABSOLUTE_PATH", "absolute_path": "{{file}}" }""")).ShouldHaveSingleItem();
        problem.Where.ToString().ShouldBe($"{file}:9:119");
        Transforming.Wrong(new DynamicCompilePlugin(), """{ "compile_language": "CSHARP", "compile_pattern": "ABSOLUTE_PATH", "absolute_path": "/not/there.cs" }""").ShouldHaveSingleItem().ShouldStartWith("The file '/not/there.cs' cannot be read:");
    }

    [Fact]
    public async Task Methods_may_stand_alone_under_SeaTunnels_names()
    {
        const string script = """
            using System.Text.RegularExpressions; // as Java's imports
            public Column[] getInlineOutputColumns(CatalogTable table) { return new Column[] { new Column("digits", DataType.BigInt) }; }
            public Object[] getInlineOutputFieldValues(RowAccessor row) { return new Object[] { Regex.Replace((string)row.GetField(0), "[^0-9]", "") }; }
            """;
        var (_, rows) = await Transforming.ApplyAsync(new DynamicCompilePlugin(), Settings(script), People, new BoxedRow("a1b2", 1));
        rows.ShouldBe([new BoxedRow("a1b2", 1, 12L)]);
    }

    [Fact]
    public async Task A_batch_is_filled_by_column()
    {
        const string script = """
            static class Doubling
            {
                static ColumnDef[] GetInlineOutputColumns(TableSchema table) => new[] { new ColumnDef("twice", DataType.BigInt), new ColumnDef("upper", DataType.String) };

                static void FillOutputColumns(ColumnBatch batch, ColumnBuilder[] to)
                {
                    var ages = (FixedColumn<int>)batch[1];
                    var twice = ((FixedBuilder<long>)to[0]).Values;
                    for (var row = 0; row < batch.Rows; row++) twice[row] = ages.Values[row] * 2L;
                    var names = (TextColumn)batch[0];
                    for (var row = 0; row < batch.Rows; row++)
                    {
                        if (names.IsNull(row)) ((TextBuilder)to[1]).AppendNull();
                        else ((TextBuilder)to[1]).Append(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(names[row]).ToUpperInvariant()));
                    }
                }
            }
            """;
        var (_, rows) = await Transforming.ApplyAsync(new DynamicCompilePlugin(), Settings(script), People, new BoxedRow("a", 1), new BoxedRow(null, 2));
        rows.ShouldBe([new BoxedRow("a", 1, 2L, "A"), new BoxedRow(null, 2, 4L, null)]);
    }

    [Fact] // 66
    public void All_that_does_not_compile_is_told_with_its_place_in_the_job_file()
    {
        var job = JobLoader.Load(new JobText(""""
            env { job.mode = "BATCH" }
            source { FakeSource {} }
            transform {
              DynamicCompile {
                compile_language = CSHARP
                source_code = """
                  public ColumnDef[] GetInlineOutputColumns(TableSchema table) => new[] { new ColumnDef("a", DataTyp.Int) };
                  public object?[] GetInlineOutputFieldValues(RowAccessor row)
                  {
                      int a = "x";
                      return new object?[] { row.Nothing(), a };
                  }
                """
              }
            }
            sink { Console {} }
            """", JobFormat.Hocon) { FileName = "job.conf" });
        var problems = new DynamicCompilePlugin().Check(job.Transforms[0].Options);
        problems.ShouldAllBe(problem => problem.Code.Id == "COMPILE_TRANSFORM_ERROR_CODE-01");
        problems.Select(problem => $"{problem.Where}: {problem.What}").ShouldBe(
        [
            "job.conf:7:98: CS0103: The name 'DataTyp' does not exist in the current context",
            "job.conf:10:19: CS0029: Cannot implicitly convert type 'string' to 'int'",
            "job.conf:11:38: CS1061: 'RowAccessor' does not contain a definition for 'Nothing' and no accessible extension method 'Nothing' accepting a first argument of type 'RowAccessor' could be found (are you missing a using directive or an assembly reference?)",
        ]);
    }

    [Fact]
    public void In_JSON_the_lines_of_a_script_are_escapes_and_its_places_are_right()
    {
        const string settings = """{ "compile_language": "CSHARP", "source_code": "// a \"quoted\" word\nclass A { Nothing x; }\n" }""";
        new DynamicCompilePlugin().Check(TestSettings.Of(settings)).ShouldHaveSingleItem().Where.Column.ShouldBe(settings.IndexOf("Nothing", StringComparison.Ordinal) + 1);
    }

    [Theory] // 67
    [InlineData("JAVA")]
    [InlineData("GROOVY")]
    [InlineData("SCALA")]
    public void Other_languages_are_refused_with_a_way_out(string language)
    {
        var problem = new DynamicCompilePlugin().Check(TestSettings.Of($$"""{ "compile_language": "{{language}}", "source_code": "x" }""")).ShouldHaveSingleItem();
        (problem.What, problem.Mend).ShouldBe(($"Code in {language} cannot be compiled here.", "Write it in C#, with the same two methods, and set compile_language = CSHARP: docs/connectors/DynamicCompile.md."));
    }

    [Theory] // 68
    [InlineData("""{ "compile_language": "CSHARP" }""", "source_code", "compile_pattern", "SOURCE_CODE")]
    [InlineData("""{ "compile_language": "CSHARP", "compile_pattern": "ABSOLUTE_PATH" }""", "absolute_path", "compile_pattern", "ABSOLUTE_PATH")]
    public void A_missing_source_is_an_option_error(string settings, string missing, string option, string value) =>
        Transforming.Wrong(new DynamicCompilePlugin(), settings).ShouldHaveSingleItem().ShouldBe($"There are unconfigured options, the options('{missing}') are required because ['{option}' == {value}] is true.");

    [Theory]
    [InlineData("class A {}", "The code has no class with a method GetInlineOutputColumns.")]
    [InlineData("class A { int GetInlineOutputColumns() => 1; }", "GetInlineOutputColumns is not declared as ColumnDef[] GetInlineOutputColumns(TableSchema table).|The class 'A' has neither a method GetInlineOutputFieldValues nor one FillOutputColumns.")]
    [InlineData("ColumnDef[] GetInlineOutputColumns(TableSchema t) => null; List<int> GetInlineOutputFieldValues(RowAccessor r) => null;", "GetInlineOutputFieldValues is not declared as object[] GetInlineOutputFieldValues(RowAccessor row).")]
    public void Methods_that_are_not_as_they_should_be_are_told(string script, string wrong) =>
        Transforming.Wrong(new DynamicCompilePlugin(), Settings(script)).ShouldBe(wrong.Split('|'));

    [Theory]
    [InlineData("throw new InvalidOperationException(\"no\")", "InvalidOperationException at test.json:1:", ": no: GetInlineOutputFieldValues")]
    [InlineData("new object[] { 1, 2 }", "it gave 2 values for 1 columns", "")]
    [InlineData("null", "it gave 0 values for 1 columns", "")]
    [InlineData("new object[] { \"x\" }", "GetInlineOutputFieldValues gave 'x', which is no int", "column 'n'")]
    [InlineData("new object[] { row[\"nothing\"] }", "ArgumentException", "has no column 'nothing'; it has name, age.")]
    public async Task A_row_that_a_script_fails_on_fails_or_is_left_out(string values, string why, string more)
    {
        var script = $"ColumnDef[] GetInlineOutputColumns(TableSchema t) => new[] {{ new ColumnDef(\"n\", DataType.Int) }}; object[] GetInlineOutputFieldValues(RowAccessor row) => row.GetText(0) == \"bad\" ? {values} : new object[] {{ 7 }};";
        var failed = await Should.ThrowAsync<ChunnelException>(() => Transforming.ApplyAsync(new DynamicCompilePlugin(), Settings(script), People, new BoxedRow("good", 1), new BoxedRow("bad", 2)));
        failed.Code.Id.ShouldBe("COMPILE_TRANSFORM_ERROR_CODE-01");
        failed.What.ShouldContain(why);
        failed.What.ShouldContain(more);
        failed.What.ShouldEndWith("in 'DynamicCompile', table 'db.people', row 2.");
        var (_, rows) = await Transforming.ApplyAsync(new DynamicCompilePlugin(), Settings(script, ", \"row_error_handle_way\": \"SKIP\""), People, new BoxedRow("bad", 2), new BoxedRow("good", 1));
        rows.ShouldBe([new BoxedRow("good", 1, 7)]);
    }

    /// <summary>A script that fills columns sees many rows at once: those that it fails on are found by halves (docs/dead-letters.md).</summary>
    [Theory]
    [InlineData("", "1,4,5,9")]
    [InlineData("row % 3 == 1", "1,4,7")]
    [InlineData("row == 0", "")]
    public async Task Rows_that_a_script_fails_on_while_it_fills_are_refused(string chosen, string bad)
    {
        const string script = """
            ColumnDef[] GetInlineOutputColumns(TableSchema t) => new[] { new ColumnDef("n", DataType.Int), new ColumnDef("s", DataType.String) };
            void FillOutputColumns(ColumnBatch batch, ColumnBuilder[] to)
            {
                for (var row = 0; row < batch.Rows; row++)
                {
                    ((FixedBuilder<int>)to[0]).Values[row] = ((FixedColumn<int>)batch[1]).Values[row];
                    var name = Encoding.UTF8.GetString(((TextColumn)batch[0])[row]);
                    if (name == "bad") throw new FormatException("bad is no name");
                    ((TextBuilder)to[1]).Append(Encoding.UTF8.GetBytes(name + "!"));
                }
            }
            """;
        int[] failing = [.. bad.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        BoxedRow[] rows = [.. Enumerable.Range(0, 10).Select(id => new BoxedRow(failing.Contains(id) ? "bad" : "good", id))];
        var memory = new TestMemory();
        var refusals = new RecordedRefusals();
        var selected = chosen switch { "" => rows, "row == 0" => rows[..1], _ => [.. rows.Where(row => (int)row[1]! % 3 == 1)] };
        var output = new Collected();
        await using (var transform = await Transforming.MakeAsync(new DynamicCompilePlugin(), Settings(script), People))
        {
            await transform.OpenAsync(new TransformRuntime { Subtask = 0, Memory = memory.Memory, Refusals = refusals }, TestContext.Current.CancellationToken);
            await transform.ApplyAsync(Selected(BoxedRows.ToBatch(People, rows, memory.Memory), selected), output, TestContext.Current.CancellationToken);
        }
        memory.MustBeBack();
        refusals.Rows.Select(one => one.Row).ShouldBe(selected.Where(row => row[0] is "bad"));
        output.Rows.ShouldBe([.. selected.Where(row => row[0] is "good").Select(row => new BoxedRow("good", row[1], row[1], "good!"))]);
        if (refusals.Rows.Count == 0) return;
        var error = refusals.Rows[0].Error;
        error.Code.Id.ShouldBe("COMPILE_TRANSFORM_ERROR_CODE-01");
        error.What.ShouldBe($"FormatException at test.json:1:{Settings(script).IndexOf("throw new FormatException", StringComparison.Ordinal) + 1}: bad is no name: FillOutputColumns in 'DynamicCompile', table 'db.people', row " + (chosen.Length == 0 ? "2." : "1."));
        (await Should.ThrowAsync<ChunnelException>(() => Transforming.ApplyAsync(new DynamicCompilePlugin(), Settings(script), People, rows))).What.ShouldStartWith("FormatException at ");
        var (_, left) = await Transforming.ApplyAsync(new DynamicCompilePlugin(), Settings(script, ", \"row_error_handle_way\": \"SKIP\""), People, rows);
        left.Count.ShouldBe(rows.Length - failing.Length);
    }

    [Fact]
    public async Task A_text_is_compiled_once_whoever_runs_it()
    {
        var script = Ages + "// " + Guid.NewGuid();
        var before = CompiledScripts.Shared.Compilations;
        for (var restart = 0; restart < 5; restart++) await Transforming.ApplyAsync(new DynamicCompilePlugin(), Settings(script), People, new BoxedRow("Joy", 20));
        await Parallel.ForEachAsync(Enumerable.Range(0, 8), async (_, _) => await Transforming.ApplyAsync(new DynamicCompilePlugin(), Settings(script), People, new BoxedRow("Joy", 20)));
        (CompiledScripts.Shared.Compilations - before).ShouldBe(1);
    }

    private static ColumnBatch Selected(ColumnBatch batch, BoxedRow[] rows)
    {
        if (rows.Length == batch.Rows) return batch;
        using (batch)
        {
            var selection = ColumnBuffer.Rent<ushort>(batch.Memory, rows.Length);
            for (var i = 0; i < rows.Length; i++) selection.As<ushort>()[i] = (ushort)(int)rows[i][1]!;
            return batch.WithSelection(selection, rows.Length);
        }
    }

    private sealed class Collected : ITransformOutput
    {
        public List<BoxedRow> Rows { get; } = [];

        public ValueTask EmitAsync(ColumnBatch batch, CancellationToken stop)
        {
            using (batch) Rows.AddRange(BoxedRows.Of(batch));
            return ValueTask.CompletedTask;
        }
    }

    private static string Settings(string script, string more = "") => $$"""{ "compile_language": "CSHARP", "source_code": {{System.Text.Json.JsonSerializer.Serialize(script)}}{{more}} }""";
}
