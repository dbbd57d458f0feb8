using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>What the readers of a decoder share: the rules, the faults of the batch under way, and the way of single values that are not usual.</summary>
internal sealed unsafe class FieldContext(FieldRules rules, bool replaceInvalidText, PrecisionLoss precisionLoss)
{
    private readonly ByteWriter _scratch = new(1024);

    public FieldRules Rules { get; } = rules;

    public RowFaults Faults { get; } = new();

    public bool ReplacesInvalidText { get; } = replaceInvalidText;

    /// <summary>Values that were rounded to the places of their columns.</summary>
    public long RoundedValues { get; private set; }

    /// <summary>Reads one value in any form that its type allows, or notes a fault and leaves null.</summary>
    public void Read(byte* bytes, FieldSpan field, ColumnBuilder to, int row, FieldReader reader)
    {
        _scratch.Clear();
        var found = Rules.Resolve(bytes, field, to.Type.Kind, _scratch, out var text);
        if (found != FieldText.Value)
        {
            ValueParser.Null(to, row);
            if (found == FieldText.Malformed) Faults.Add(row, reader, ParseOutcome.Malformed, text);
            return;
        }
        if (to.Type.Kind == TypeKind.String && !System.Text.Unicode.Utf8.IsValid(text))
        {
            AppendRepaired(text, (TextBuilder)to, row, reader);
            return;
        }
        var outcome = Rules.Parse(text, to, row);
        if (outcome is ParseOutcome.Malformed or ParseOutcome.OutOfRange) Faults.Add(row, reader, outcome, text);
        else if (outcome == ParseOutcome.Rounded) Round(text, row, reader);
    }

    private void Round(ReadOnlySpan<byte> text, int row, FieldReader reader)
    {
        if (precisionLoss == PrecisionLoss.Fail) Faults.Add(row, reader, ParseOutcome.Rounded, text);
        else RoundedValues++;
    }

    private void AppendRepaired(ReadOnlySpan<byte> text, TextBuilder to, int row, FieldReader reader)
    {
        if (!ReplacesInvalidText) Faults.AddInvalidText(row, reader, text);
        to.Append(System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(text)));
    }
}
