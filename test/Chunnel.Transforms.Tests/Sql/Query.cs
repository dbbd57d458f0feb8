using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;
using Chunnel.Transforms.Sql;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.Tests.Sql;

/// <summary>Runs queries over boxed rows.</summary>
internal static class Query
{
    private static readonly TableSchema OneColumn = Table(("i", DataType.Int));

    public static TableSchema Table(params (string Name, DataType Type)[] columns) =>
        new(TablePath.Parse("t"), [.. columns.Select(column => new ColumnDef(column.Name, column.Type))]);

    public static SqlTransform Over(TableSchema table, string query, RowErrorWay way = RowErrorWay.Fail, SqlFunctionSet? functions = null) =>
        new(table, new QueryText(query, TextPosition.Nowhere), new RowErrors("Sql", way), functions);

    /// <summary>The rows that come out; every block is given back.</summary>
    public static IReadOnlyList<BoxedRow> Run(TableSchema table, string query, params BoxedRow[] rows) => Run(table, query, null, rows);

    /// <summary>The same with functions of plug-ins.</summary>
    public static IReadOnlyList<BoxedRow> Run(TableSchema table, string query, SqlFunctionSet? functions, BoxedRow[] rows)
    {
        var memory = BatchMemory.Unlimited();
        IReadOnlyList<BoxedRow> result;
        using (var transform = Over(table, query, functions: functions))
        {
            using var output = transform.Apply(BoxedRows.ToBatch(table, rows, memory));
            result = output is null ? [] : BoxedRows.Of(output);
        }
        memory.Budget.InUseBytes.ShouldBe(0, "every block is given back");
        return result;
    }

    /// <summary>The value of an expression without columns, as text; null when it is null.</summary>
    public static string? ValueOf(string expression) => (string?)Run(OneColumn, $"select cast({expression} as string) as x from t", new BoxedRow(1)).Single()[0];

    /// <summary>The type of an expression without columns.</summary>
    public static string TypeOf(string expression)
    {
        using var transform = Over(OneColumn, $"select {expression} as x from t");
        return transform.Output.Columns[0].Type.ToString().ToUpperInvariant();
    }

    /// <summary>Why a row of an expression without columns fails.</summary>
    public static string FailureOf(string expression) => Should.Throw<ChunnelException>(() => ValueOf(expression), expression).What;

    /// <summary>What is wrong with an expression without columns.</summary>
    public static Problem ProblemOf(string expression) => Problems(OneColumn, $"select {expression} as x from t").Single();

    /// <summary>What is wrong with a query.</summary>
    public static IReadOnlyList<Problem> Problems(TableSchema table, string query) =>
        Should.Throw<ProblemsException>(() => Over(table, query).Dispose(), query).Problems;
}
