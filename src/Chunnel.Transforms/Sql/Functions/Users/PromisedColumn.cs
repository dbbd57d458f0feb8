using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.Sql.Functions.Users;

/// <summary>
/// Calls a plug-in's function and looks whether it gave what it promised. When it throws, the rows that it throws on are found by halves: they
/// fail, and the others have their results.
/// </summary>
internal static class PromisedColumn
{
    /// <summary>The result, which the caller holds; null for rows that failed.</summary>
    /// <param name="function">What is called.</param>
    /// <param name="input">All rows of a batch.</param>
    /// <param name="type">What it promised.</param>
    /// <param name="fail">Told of a row that the function throws on.</param>
    /// <exception cref="ChunnelException">The function gave another type or number of rows, or throws for the rows together and for none alone.</exception>
    public static Column Of(ISqlFunction function, SqlFunctionInput input, DataType type, Action<int, ChunnelException> fail)
    {
        if (Try(function, input, type, out var thrown) is { } all) return all;
        // What does not count was not to fail, and is not asked for again.
        var rows = Enumerable.Range(0, input.Rows).Where(input.Counts).ToArray();
        if (rows.Length > 0 && rows.Length < input.Rows && TryRows(function, input, type, rows, out thrown) is { } counting) return Spread(counting, rows, input);
        return rows.Length == 0 ? Spread(null, rows, input, type) : WithoutFailing(function, input, type, rows, thrown!, fail);
    }

    private static Column WithoutFailing(ISqlFunction function, SqlFunctionInput input, DataType type, int[] rows, ChunnelException thrown, Action<int, ChunnelException> fail)
    {
        var failing = FailingRows<ChunnelException>.Find(rows.Length, thrown, (start, count) =>
        {
            TryRows(function, input, type, rows.AsSpan(start, count), out var why)?.Release();
            return why;
        });
        foreach (var (at, why) in failing) fail(rows[at], why);
        var good = rows.Except(failing.Select(one => rows[one.Row])).ToArray();
        if (good.Length == 0) return Spread(null, good, input, type);
        return Spread(TryRows(function, input, type, good, out thrown!) ?? throw thrown, good, input);
    }

    /// <summary>The function's result for some of the rows; null when it threw.</summary>
    private static Column? TryRows(ISqlFunction function, SqlFunctionInput input, DataType type, ReadOnlySpan<int> rows, out ChunnelException? thrown)
    {
        using var some = new SomeRows(input, rows.ToArray());
        return Try(function, some, type, out thrown);
    }

    private static Column? Try(ISqlFunction function, SqlFunctionInput input, DataType type, out ChunnelException? thrown)
    {
        thrown = null;
        Column result;
        try
        {
            result = function.Evaluate(input);
        }
        catch (Exception fault) when (PluginFault.IsOfRow(fault))
        {
            thrown = fault as ChunnelException ?? new ChunnelException(CommonErrors.UnsupportedOperation, $"The function {function.Name} of a plug-in failed: {fault.GetType().Name}: {fault.Message}", fault) { Mend = "Ask the plug-in's author." };
            return null;
        }
        if (result.Type == type && result.Length == input.Rows) return result;
        var gave = $"{result.Length} values of type {result.Type}";
        result.Release();
        throw new ChunnelException(CommonErrors.UnsupportedOperation, $"The function {function.Name} of a plug-in gave {gave} instead of {input.Rows} of type {type}.") { Mend = "Ask the plug-in's author." };
    }

    /// <summary>The values of some rows as a column of all, which are null elsewhere.</summary>
    private static Column Spread(Column? values, int[] rows, SqlFunctionInput input, DataType? type = null)
    {
        if (values is null) return Nulls.Column(ColumnBuilder.For(type!, input.Memory, input.Rows), input.Rows);
        var chosen = new int[input.Rows];
        var found = new ulong[Bits.Words(input.Rows)];
        for (var i = 0; i < rows.Length; i++)
        {
            if (values.IsNull(i)) continue;
            chosen[rows[i]] = i;
            Bits.Set(found, rows[i]);
        }
        var all = Reframe.Chosen(values, chosen, found, input.Memory);
        values.Release();
        return all;
    }

    /// <summary>Some of the rows of a call.</summary>
    private sealed class SomeRows : SqlFunctionInput, IDisposable
    {
        private readonly SqlFunctionInput _all;
        private readonly int[] _rows;

        public SomeRows(SqlFunctionInput all, int[] rows)
        {
            _all = all;
            _rows = rows;
            Arguments = [.. all.Arguments.Select(argument => argument.Take(rows, all.Memory))];
        }

        public override IReadOnlyList<Column> Arguments { get; }

        public override int Rows => _rows.Length;

        public override BatchMemory Memory => _all.Memory;

        public override bool Counts(int row) => _all.Counts(_rows[row]);

        public override void Fail(int row, string why) => _all.Fail(_rows[row], why);

        public void Dispose()
        {
            foreach (var argument in Arguments) argument.Release();
        }
    }
}
