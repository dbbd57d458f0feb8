using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;
using Chunnel.Transforms.DataValidator;
using Chunnel.Transforms.Tests.Tables;

namespace Chunnel.Transforms.Tests.DataValidator;

/// <summary>Each rule, over each type that it is for (spec transforms.md 3.18).</summary>
public sealed class RuleTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("tinyint", "-128,-1,0,5,127", """ "min_value": -1, "max_value": 5 """, "-1,0,5")]
    [InlineData("smallint", "-300,0,7", """ "min_value": 0, "min_inclusive": false """, "7")]
    [InlineData("int", "1,2,3,4", """ "min_value": "1.5", "max_value": 3.99 """, "2,3")]
    [InlineData("int", "-3,-2,-1", """ "min_value": "-2.5", "max_value": "-1.5" """, "-2")]
    [InlineData("int", "1,2", """ "min_value": -1e30, "max_value": 1 """, "1")]
    [InlineData("bigint", "-9223372036854775808,0,9223372036854775807", """ "max_value": 9223372036854775807, "max_inclusive": false """, "-9223372036854775808,0")]
    [InlineData("float", "0.1,0.2,NaN", """ "min_value": 0.1 """, "0.1,0.2")]
    [InlineData("float", "0.1,0.2", """ "min_value": 0.1, "min_inclusive": false """, "0.2")]
    [InlineData("double", "-1.5,0,2.5,NaN,Infinity", """ "min_value": -1.5, "max_value": 2.5, "max_inclusive": false """, "-1.5,0.0")]
    [InlineData("double", "1,NaN", """ "max_value": 5 """, "1.0")]
    [InlineData("decimal(10, 2)", "0.99,1.00,1.01,9.99", """ "min_value": 1, "max_value": "9.990" """, "1.00,1.01,9.99")]
    [InlineData("decimal(10, 2)", "0.99,1.00,1.01", """ "min_value": 1.00, "min_inclusive": false """, "1.01")]
    [InlineData("decimal(10, 2)", "1.00,1.01", """ "max_value": 1.005 """, "1.00")]
    [InlineData("date", "2024-02-28,2024-02-29,2024-03-01", """ "min_value": "2024-02-28", "min_inclusive": false, "max_value": "2024-02-29" """, "2024-02-29")]
    [InlineData("time", "08:00:00,12:30:00", """ "max_value": "12:30:00", "max_inclusive": false """, "08:00")]
    [InlineData("timestamp", "2024-01-01T00:00:00,2024-01-01T00:00:00.000000001,2024-01-02T00:00:00", """ "min_value": "2024-01-01 00:00:00", "min_inclusive": false, "max_value": "2024-01-02 00:00:00" """, "2024-01-01T00:00:00.000000001,2024-01-02T00:00")]
    [InlineData("timestamp", "2024-01-01T00:00:00,2024-01-02T00:00:00", """ "max_value": "2024-01-02 00:00:00", "max_inclusive": false """, "2024-01-01T00:00")]
    public async Task RANGE_keeps_what_lies_within(string type, string values, string bounds, string kept) =>
        (await KeptAsync(type, values, $$"""{ "rule_type": "RANGE", {{bounds}} }""")).ShouldBe(kept);

    [Theory]
    [InlineData("int", "7", """ "min_value": 0, "max_value": 5 """, "[0, 5]")]
    [InlineData("int", "0", """ "min_value": 0, "min_inclusive": false """, "(0, ∞)")]
    [InlineData("double", "5", """ "max_value": 5, "max_inclusive": false """, "(-∞, 5)")]
    public async Task RANGE_says_its_bounds_as_written(string type, string value, string bounds, string shown) =>
        (await SaidAsync(type, value, $$"""{ "rule_type": "RANGE", {{bounds}} }""")).ShouldEndWith($"is not within range {shown}");

    [Theory]
    [InlineData("int", """ "min_value": 2147483648 """, "No int is within [2147483648, ∞): every value of 'v' would break the rule.")]
    [InlineData("int", """ "min_value": "0.2", "max_value": "0.8" """, "No int is within [0.2, 0.8]: every value of 'v' would break the rule.")]
    [InlineData("double", """ "min_value": 2, "max_value": 1 """, "No double is within [2, 1]: every value of 'v' would break the rule.")]
    [InlineData("date", """ "min_value": "2024-02-30" """, "The value '2024-02-30' of 'min_value' is no date, which 'v' holds.")]
    [InlineData("double", """ "max_value": "NaN" """, "The value 'NaN' of 'max_value' is no double, which 'v' holds.")]
    [InlineData("string", """ "max_value": 3 """, "A RANGE rule is for numbers, dates and times, and 'v' holds string.")]
    public async Task RANGE_refuses_bounds_that_cannot_be(string type, string bounds, string what) =>
        (await Transforming.RefusedAsync(new DataValidatorPlugin(), Settings($$"""{ "rule_type": "RANGE", {{bounds}} }"""), Table(type))).What.ShouldBe(what);

    [Theory]
    [InlineData("string", "a,ab,abc,äöü,😀", """ "min_length": 2 """, "ab,abc,äöü,😀")]
    [InlineData("string", "a,ab,abc", """ "max_length": 2 """, "a,ab")]
    [InlineData("string", "a,ab,abc", """ "exact_length": 2 """, "ab")]
    [InlineData("int", "7,70,700", """ "max_length": 2 """, "7,70")]
    [InlineData("array<int>", "[1],[1;2],[]", """ "exact_length": 2 """, "[1,2]")]
    public async Task LENGTH_counts(string type, string values, string bounds, string kept) =>
        (await KeptAsync(type, values, $$"""{ "rule_type": "LENGTH", {{bounds}} }""")).ShouldBe(kept);

    [Fact]
    public async Task LENGTH_says_how_long_a_value_is()
    {
        (await SaidAsync("string", "äöü", """{ "rule_type": "LENGTH", "max_length": 2 }""")).ShouldBe("Field 'v' length 3 is not within [0, 2]");
        (await SaidAsync("string", "a", """{ "rule_type": "LENGTH", "min_length": 2 }""")).ShouldBe("Field 'v' length 1 is not within [2, ∞)");
        (await SaidAsync("array<int>", "[1;2]", """{ "rule_type": "LENGTH", "exact_length": 3 }""")).ShouldBe("Field 'v' length 2 is not 3");
    }

    [Fact]
    public async Task LENGTH_counts_the_bytes_of_bytes_and_the_entries_of_maps()
    {
        var table = new TableSchema(TablePath.Parse("t"), [new ColumnDef("b", DataType.Bytes), new ColumnDef("m", DataType.Map(DataType.String, DataType.Int))]);
        const string settings = """{ "row_error_handle_way": "SKIP", "field_rules": [ { "field_name": "b", "rule_type": "LENGTH", "exact_length": 2 }, { "field_name": "m", "rule_type": "LENGTH", "min_length": 1 } ] }""";
        BoxedRow[] rows = [new(new BoxedBytes([1, 200]), new BoxedMap([new("k", 1)])), new(new BoxedBytes([1]), new BoxedMap([new("k", 1)])), new(new BoxedBytes([1, 2]), new BoxedMap([]))];
        (await Transforming.ApplyAsync(new DataValidatorPlugin(), settings, table, rows)).Rows.ShouldBe([rows[0]]);
    }

    [Theory]
    [InlineData("string", "abc,abcd,xabc,ABC", """ "pattern": "abc" """, "abc")]
    [InlineData("string", "abc,ABC", """ "pattern": "abc", "case_sensitive": false """, "abc,ABC")]
    [InlineData("string", "ab,a,b", """ "pattern": "a|b" """, "a,b")]
    [InlineData("int", "12,123", """ "pattern": "\\d{2}" """, "12")]
    [InlineData("string", "a.b,axb", """ "pattern": "a\\Q.\\Eb" """, "a.b")]
    public async Task REGEX_matches_the_whole_text(string type, string values, string pattern, string kept) =>
        (await KeptAsync(type, values, $$"""{ "rule_type": "REGEX", {{pattern}} }""")).ShouldBe(kept);

    [Fact]
    public async Task REGEX_that_goes_back_and_forth_for_too_long_does_not_match() =>
        (await SaidAsync("string", new string('a', 40) + "!", """{ "rule_type": "REGEX", "pattern": "(?=(a+)+b)a*" }"""))
            .ShouldBe("Field 'v' does not match pattern '(?=(a+)+b)a*': the pattern took too long: it goes back and forth over the text");

    [Theory]
    [InlineData("joy@here.org", null)]
    [InlineData(" o'.x@a-b.c ", "a character before the @ is none of an address")]
    [InlineData("", null)]
    [InlineData("  a+b.c@sub.here.co.uk ", null)]
    [InlineData("jürgen@here.org", null)]
    [InlineData("joy", "it has no @")]
    [InlineData("joy@here@org.de", "it has more than one @")]
    [InlineData("@here.org", "nothing stands before the @")]
    [InlineData("joy@here", "the domain has no dot")]
    [InlineData("joy@", "the domain has no dot")]
    [InlineData("joy@he re.org", "the domain has other characters than letters, digits, - and dots")]
    [InlineData("joy@here..org", "a part of the domain is empty, too long, or has a - at an end")]
    [InlineData("joy@-here.org", "a part of the domain is empty, too long, or has a - at an end")]
    [InlineData("jo..y@here.org", "a dot before the @ stands at an end or beside another")]
    [InlineData(".joy@here.org", "a dot before the @ stands at an end or beside another")]
    [InlineData("jo\"y@here.org", "a character before the @ is none of an address")]
    public async Task EMAIL_says_what_is_wrong(string text, string? reason) =>
        (await SaidAsync("string", text, """{ "rule_type": "UDF", "function_name": "Email" }""")).ShouldBe(reason is null ? null : $"Field 'v' value '{text}' fails EMAIL: {reason}");

    [Theory]
    [InlineData(65, 5, "more than 64 bytes stand before the @")]
    [InlineData(64, 64, "a part of the domain is empty, too long, or has a - at an end")]
    [InlineData(64, 63, null)]
    [InlineData(64, 200, "it is longer than 254 bytes")]
    public async Task EMAIL_knows_how_long_its_parts_are(int local, int label, string? reason)
    {
        var said = await SaidAsync("string", $"{new string('a', local)}@{new string('b', label)}.org", """{ "rule_type": "UDF", "function_name": "EMAIL" }""");
        said?.Split("fails EMAIL: ")[1].ShouldBe(reason);
        (said is null).ShouldBe(reason is null);
    }

    [Theory]
    [InlineData(false, "Field 'v' value '3' fails EVEN", "Field 'v' value '9' fails EVEN: it is nine", "Field 'v' value '11' fails EVEN: The function EVEN of a plug-in failed: ArithmeticException: beyond ten")]
    [InlineData(true, "Field 'v' value '3' fails EVEN: 3 is odd", "Field 'v' value '9' fails EVEN: it is nine", "Field 'v' value '11' fails EVEN: The function EVEN of a plug-in failed: ArithmeticException: beyond ten")]
    public async Task Functions_of_plug_ins_say_no_or_why(bool texts, params string[] said)
    {
        var settings = TestSettings.Of(Settings("""{ "rule_type": "UDF", "function_name": "even" }"""));
        var functions = new SqlFunctionSet([new SqlFunctionEntry("EVEN", () => new Even(texts))]);
        var table = Table("int");
        await using var transform = await new DataValidatorPlugin().CreateAsync(new TransformContext { Settings = settings, Tables = [table], SqlFunctions = functions }, Stop);
        var told = new List<string>();
        await transform.OpenAsync(new TransformRuntime { Subtask = 0, Memory = BatchMemory.Unlimited(), Skipped = row => told.Add(row.ToString()) }, Stop);
        (await Transforming.ApplyAsync(transform, table, new BoxedRow(2), new BoxedRow(3), new BoxedRow([null]), new BoxedRow(9), new BoxedRow(11), new BoxedRow(4))).Select(row => row.Row).ShouldBe([new BoxedRow(2), new BoxedRow([null]), new BoxedRow(4)]);
        for (var i = 0; i < said.Length; i++) told[i].ShouldContain($"validation failed: {said[i]}");
    }

    [Fact]
    public async Task Unknown_functions_and_types_that_they_do_not_take_are_refused()
    {
        var unknown = await Transforming.RefusedAsync(new DataValidatorPlugin(), Settings("""{ "rule_type": "UDF", "function_name": "EMIAL" }"""), Table("string"));
        (unknown.What, unknown.Mend).ShouldBe(("There is no function 'EMIAL' to check values with.", "Did you mean 'EMAIL'?"));
        (await Transforming.RefusedAsync(new DataValidatorPlugin(), Settings("""{ "rule_type": "UDF", "function_name": "EMAIL" }"""), Table("int"))).Code.Id.ShouldBe("COMMON-07");
    }

    [Theory]
    [InlineData("""{ "rule_type": "RANGE", "min_value": 5 }""")]
    [InlineData("""{ "rule_type": "LENGTH", "min_length": 5 }""")]
    [InlineData("""{ "rule_type": "REGEX", "pattern": "x" }""")]
    public async Task A_null_breaks_no_rule_but_NOT_NULL(string rule)
    {
        (await SaidAsync("int", null, rule)).ShouldBeNull();
        (await SaidAsync("int", null, """{ "rule_type": "NOT_NULL", "custom_message": "v?" }""")).ShouldBe("v?");
    }

    [Fact]
    public async Task Rules_agree_with_a_plain_reading_of_them()
    {
        var chance = new Random(20261130);
        var rows = Enumerable.Range(0, 1000).Select(_ => new BoxedRow([chance.Next(4) == 0 ? null : chance.Next(-20, 20)])).ToArray();
        var kept = (await Transforming.ApplyAsync(new DataValidatorPlugin(),
            """{ "row_error_handle_way": "SKIP", "field_rules": [ { "field_name": "v", "rules": [ { "rule_type": "NOT_NULL" }, { "rule_type": "RANGE", "min_value": -7, "max_value": 11 } ] } ] }""", Table("int"), rows)).Rows;
        kept.ShouldBe(rows.Where(row => row[0] is int and >= -7 and <= 11));
    }

    private static string Settings(string rule) => $$"""{ "row_error_handle_way": "SKIP", "field_rules": [ { "field_name": "v", "rules": [ {{rule}} ] } ] }""";

    private static TableSchema Table(string type) => new(TablePath.Parse("t"), [new ColumnDef("v", TypeText.Parse(type, "v", TextPosition.Nowhere))]);

    private static async Task<string> KeptAsync(string type, string values, string rule)
    {
        var table = Table(type);
        using var builder = ColumnBuilder.For(table.Columns[0].Type, BatchMemory.Unlimited(), 8);
        var texts = values.Split(',');
        for (var row = 0; row < texts.Length; row++) Read(texts[row], builder, row);
        await using var transform = await Transforming.MakeAsync(new DataValidatorPlugin(), Settings(rule), table);
        await transform.OpenAsync(new TransformRuntime { Subtask = 0, Memory = BatchMemory.Unlimited() }, Stop);
        var output = new Shown();
        await transform.ApplyAsync(new ColumnBatch(table, texts.Length, [builder.Build(texts.Length)], BatchMemory.Unlimited()), output, Stop);
        return string.Join(',', output.Values);
    }

    private static void Read(string text, ColumnBuilder builder, int row) =>
        (builder.Type.Kind == TypeKind.Array ? Formats.JsonNested.TryRead(System.Text.Encoding.UTF8.GetBytes(text.Replace(';', ',')), builder, row) : ValueParser.TryParse(System.Text.Encoding.UTF8.GetBytes(text), builder, row, TextFormat.Console))
            .ShouldBe(ParseOutcome.Exact);

    /// <summary>What is said of one value; null when it breaks no rule.</summary>
    private static async Task<string?> SaidAsync(string type, string? value, string rule)
    {
        var table = Table(type);
        using var builder = ColumnBuilder.For(table.Columns[0].Type, BatchMemory.Unlimited(), 1);
        if (value is null) builder.AppendNullAt(0);
        else Read(value, builder, 0);
        await using var transform = await Transforming.MakeAsync(new DataValidatorPlugin(), Settings(rule), table);
        string? said = null;
        await transform.OpenAsync(new TransformRuntime { Subtask = 0, Memory = BatchMemory.Unlimited(), Skipped = row => said = row.Reason }, Stop);
        await transform.ApplyAsync(new ColumnBatch(table, 1, [builder.Build(1)], BatchMemory.Unlimited()), new Shown(), Stop);
        return said?.Replace("DataValidator: validation failed: ", "", StringComparison.Ordinal);
    }

    private sealed class Shown : ITransformOutput
    {
        public List<string> Values { get; } = [];

        public ValueTask EmitAsync(ColumnBatch batch, CancellationToken stop)
        {
            using (batch)
            {
                for (var i = 0; i < batch.Selected; i++)
                {
                    var writer = new ByteWriter();
                    if (batch[0].Type.IsNested) JsonText.Append(writer, batch[0], batch.RowAt(i));
                    else ValueText.Append(writer, batch[0], batch.RowAt(i), TextFormat.Console);
                    Values.Add(System.Text.Encoding.UTF8.GetString(writer.Written));
                }
            }
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>Whether numbers are even, as truths or as reasons; of nine it knows no answer, and beyond ten it throws.</summary>
    private sealed class Even(bool texts) : ISqlFunction
    {
        public string Name => "EVEN";

        public string Signature => "EVEN(int) -> BOOLEAN";

        public DataType? ResultType(IReadOnlyList<DataType> arguments) => texts ? DataType.String : DataType.Boolean;

        public Column Evaluate(SqlFunctionInput input)
        {
            var numbers = ((FixedColumn<int>)input.Arguments[0]).Values;
            using var to = ColumnBuilder.For(texts ? DataType.String : DataType.Boolean, input.Memory, input.Rows);
            for (var row = 0; row < input.Rows; row++)
            {
                var number = numbers[row];
                if (number > 10) throw new ArithmeticException("beyond ten");
                if (input.Counts(row) && number == 9) input.Fail(row, "it is nine");
                if (to is BoolBuilder truths) Bits.Put(truths.Values, row, number % 2 == 0);
                else if (number % 2 == 0) to.AppendNullAt(row);
                else ((TextBuilder)to).Append(System.Text.Encoding.UTF8.GetBytes($"{number} is odd"));
            }
            return to.Build(input.Rows);
        }
    }
}

public sealed class DataValidatorKeepsTheContract : TransformContract
{
    protected override TransformPlugin Plugin => new DataValidatorPlugin();

    protected override SettingsObject Settings => TestSettings.Of("""
        { "row_error_handle_way": "SKIP", "field_rules": [
          { "field_name": "c3", "rules": [ { "rule_type": "NOT_NULL" }, { "rule_type": "RANGE", "min_value": -1000000000 } ] },
          { "field_name": "c8", "rules": [ { "rule_type": "LENGTH", "max_length": 12 }, { "rule_type": "REGEX", "pattern": "[^x]*" } ] } ] }
        """);

    protected override TableSchema Table { get; } = RandomRows.EveryType();
}
