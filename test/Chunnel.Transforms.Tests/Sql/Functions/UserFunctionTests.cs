using System.Reflection;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;

namespace Chunnel.Transforms.Tests.Sql.Functions;

[Trait("spec", "transforms.md 6.6")]
public class UserFunctionTests
{
    private static readonly TableSchema Table = Query.Table(("s", DataType.String), ("i", DataType.Int));

    private static string SampleFolder => typeof(UserFunctionTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == "SampleFolder").Value!;

    [Fact] // transforms.md 168
    public void The_sample_is_found_in_any_case_and_its_type_is_the_columns()
    {
        var found = PluginFolder.Look(PluginsWithTheSample());
        found.Problems.ShouldBeEmpty();
        var functions = new SqlFunctionSet(found.SqlFunctions);
        Query.Run(Table, "select mask_phone(s) as m, length(Mask_Phone(s)) as l from t", functions, [new("+49 151 23456789", 1), new(null, 2), new("12", 3)])
            .ShouldBe([new BoxedRow("+** *** ****6789", 16L), new BoxedRow(null, null), new BoxedRow("12", 2L)]);
        using var transform = Query.Over(Table, "select mask_phone(s) as m from t", functions: functions);
        transform.Output.Columns[0].Type.ShouldBe(DataType.String);
    }

    [Fact]
    public void Arguments_that_do_not_fit_are_told_with_the_signature()
    {
        var problem = Should.Throw<ProblemsException>(() => Query.Over(Table, "select halve('x') as h from t", functions: Of(new Halve()))).Problems.Single();
        problem.What.ShouldBe("Unsupported arg types (STRING) of function HALVE");
        problem.Mend.ShouldBe("HALVE(integer) -> INT.");
    }

    [Fact]
    public void A_row_that_it_fails_is_one_of_the_jobs() =>
        Should.Throw<ChunnelException>(() => Query.Run(Table, "select halve(i) as h from t", Of(new Halve()), [new("a", 4), new("b", 3)])).What.ShouldBe("3 is odd: halve(i) in 'Sql', table 't', row 2.");

    [Fact]
    public void What_is_not_asked_for_does_not_fail() =>
        Query.Run(Table, "select case when i = 3 then 0 else halve(i) end as h from t where i < 9", Of(new Halve()), [new("a", 4), new("b", 3), new("c", 11)])
            .ShouldBe([new BoxedRow(2), new BoxedRow(0)]);

    [Fact]
    public void A_built_in_function_wins() =>
        Query.Run(Table, "select upper(s) as u from t", Of(new Halve { Name = "UPPER" }), [new("a", 1)]).ShouldBe([new BoxedRow("A")]);

    [Fact]
    public void What_breaks_its_promise_is_named()
    {
        Should.Throw<ChunnelException>(() => Query.Run(Table, "select halve(i) as h from t", Of(new Halve { Gives = DataType.BigInt }), [new("a", 2)])).What
            .ShouldBe("The function HALVE of a plug-in gave 1 values of type int instead of 1 of type bigint.");
        Should.Throw<ChunnelException>(() => Query.Run(Table, "select halve(i) as h from t", Of(new Halve { Breaks = true }), [new("a", 2)])).What
            .ShouldBe("The function HALVE of a plug-in failed: InvalidOperationException: broken: halve(i) in 'Sql', table 't', row 1.");
    }

    [Fact]
    public void One_that_is_not_steady_is_computed_for_each_call()
    {
        using var steady = Query.Over(Table, "select halve(i) as a, halve(i) as b from t", functions: Of(new Halve()));
        using var fresh = Query.Over(Table, "select halve(i) as a, halve(i) as b from t", functions: Of(new Halve { IsSteady = false }));
        fresh.StepCount.ShouldBe(steady.StepCount + 1);
    }

    private static string PluginsWithTheSample()
    {
        var plugins = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "plugins"));
        var folder = plugins.CreateSubdirectory("mask-phone");
        foreach (var file in Directory.EnumerateFiles(SampleFolder)) File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)), overwrite: true);
        return plugins.FullName;
    }

    private static SqlFunctionSet Of(Halve function) => new([new SqlFunctionEntry(function.Name, () => function)]);

    private sealed class Halve : ISqlFunction
    {
        public string Name { get; init; } = "HALVE";

        public DataType Gives { get; init; } = DataType.Int;

        public bool Breaks { get; init; }

        public bool IsSteady { get; init; } = true;

        public string Signature => "HALVE(integer) -> INT";

        public DataType? ResultType(IReadOnlyList<DataType> arguments) => arguments is [{ Kind: TypeKind.Int }] ? Gives : null;

        public Column Evaluate(SqlFunctionInput input)
        {
            if (Breaks) throw new InvalidOperationException("broken");
            var numbers = (FixedColumn<int>)input.Arguments[0];
            using var builder = new FixedBuilder<int>(DataType.Int, input.Memory, input.Rows);
            for (var row = 0; row < input.Rows; row++)
            {
                builder.Values[row] = numbers.Values[row] / 2;
                if (numbers.Values[row] % 2 != 0) input.Fail(row, $"{numbers.Values[row]} is odd");
            }
            return builder.Build(input.Rows);
        }
    }
}
