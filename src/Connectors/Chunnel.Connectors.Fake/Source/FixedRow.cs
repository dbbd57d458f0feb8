using Chunnel.Core;

namespace Chunnel.Connectors.Fake;

/// <summary>One element of the <c>rows</c> option.</summary>
internal sealed record FixedRow(RowKind Kind, SettingsNode Fields)
{
    private static readonly string[] Kinds = ["INSERT", "UPDATE_BEFORE", "UPDATE_AFTER", "DELETE"];

    /// <exception cref="ChunnelException">The kind or the fields are absent or none.</exception>
    public static FixedRow Read(SettingsObject row, int index)
    {
        var kind = row.Find("kind") ?? throw Wrong(row, $"Element {index + 1} of 'rows' has no kind.", "Add kind = INSERT.");
        var fields = row.Find("fields") ?? throw Wrong(row, $"Element {index + 1} of 'rows' has no fields.", "Add fields = [...], a value for each column.");
        if (fields.Value is not (SettingsList or SettingsObject))
        {
            throw Wrong(fields.Value, $"The fields of element {index + 1} of 'rows' are neither a list nor an object.", "Write fields = [...].");
        }
        var text = SettingsConvert.ToText(kind.Value).Trim();
        var number = Array.FindIndex(Kinds, known => known.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (number >= 0) return new FixedRow((RowKind)number, fields.Value);
        var meant = RowKinds.TryParse(text, out var near) ? $"Write {near.ToFullText()}." : $"Known: {string.Join(", ", Kinds)}.";
        throw Wrong(kind.Value, $"'{text}' is no kind of row (element {index + 1} of 'rows').", meant);
    }

    private static ChunnelException Wrong(SettingsNode at, string what, string mend) =>
        new(CommonErrors.OptionValidateFailed, what) { Where = at.Where, Mend = mend };
}
