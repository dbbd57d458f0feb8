using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Sql.Functions.Users;
using Chunnel.Transforms.Sql.Kernels.Selections;

namespace Chunnel.Transforms.DataValidator.Checks;

/// <summary>A function says yes: one that gives truths does not say false, one that gives strings says nothing, for what it says is the reason.</summary>
internal sealed class FunctionCheck(string field, int column, string? message, ISqlFunction function, DataType result) : ValueCheck(field, column, message)
{
    private readonly Dictionary<int, string> _reasons = [];

    protected override void Find(ColumnBatch batch, Column values, ReadOnlySpan<ulong> rows, Span<ulong> invalid)
    {
        _reasons.Clear();
        invalid.Clear();
        var input = new Input(batch, values, rows.ToArray(), _reasons);
        var said = PromisedColumn.Of(function, input, result, (row, thrown) => input.Fail(row, thrown.What));
        if (said is TextColumn reasons) FindReasons(reasons, rows, invalid);
        else FindNoes((BoolColumn)said, rows, invalid);
        said.Release();
        foreach (var row in _reasons.Keys) Bits.Set(invalid, row);
    }

    private void FindReasons(TextColumn said, ReadOnlySpan<ulong> rows, Span<ulong> invalid)
    {
        if (said.NullCount == said.Length) return;
        foreach (var row in new SetBits(rows))
        {
            if (said.IsNull(row)) continue;
            _reasons.TryAdd(row, Encoding.UTF8.GetString(said[row]));
            Bits.Set(invalid, row);
        }
    }

    private static void FindNoes(BoolColumn said, ReadOnlySpan<ulong> rows, Span<ulong> invalid)
    {
        for (var word = 0; word < invalid.Length; word++) invalid[word] = rows[word] & ~said.Values[word] & (said.HasNulls ? said.Validity[word] : ulong.MaxValue);
    }

    protected override string Words(Column values, int row) =>
        $"Field '{Field}' value '{TextOf(values, row)}' fails {function.Name}" + (_reasons.TryGetValue(row, out var reason) ? $": {reason}" : "");

    private sealed class Input(ColumnBatch batch, Column values, ulong[] rows, Dictionary<int, string> reasons) : SqlFunctionInput
    {
        public override IReadOnlyList<Column> Arguments { get; } = [values];

        public override int Rows => batch.Rows;

        public override BatchMemory Memory => batch.Memory;

        public override bool Counts(int row) => Bits.Get(rows, row);

        public override void Fail(int row, string why)
        {
            if (Counts(row)) reasons.TryAdd(row, why);
        }
    }
}
