using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.FilterRowKind;

/// <summary>Keeps or drops rows by what they do to the table (spec transforms.md 3.4).</summary>
public sealed class FilterRowKindPlugin : TableTransformPlugin
{
    public static readonly Option<IReadOnlyList<string>> IncludeKinds = Option.TextList("include_kinds").Must(Wrong)
        .Says("Rows that stay: INSERT, UPDATE_BEFORE, UPDATE_AFTER, DELETE.");

    public static readonly Option<IReadOnlyList<string>> ExcludeKinds = Option.TextList("exclude_kinds").Must(Wrong)
        .Says("Rows that go: INSERT, UPDATE_BEFORE, UPDATE_AFTER, DELETE.");

    public override string Name => "FilterRowKind";

    public override string Summary => "Keeps or drops rows by their kind.";

    protected override IReadOnlyList<OptionDescription> OwnOptions => [IncludeKinds, ExcludeKinds];

    protected override IReadOnlyList<OptionRule> OwnRules => [OptionRule.Exclusive(IncludeKinds, ExcludeKinds)];

    protected override ITableTransform Create(TableSchema table, SettingsObject settings, TransformContext context)
    {
        var includes = IncludeKinds.TryRead(settings, out var named);
        var kinds = (includes ? named : ExcludeKinds.Read(settings)).Select(Parse).ToHashSet();
        return new RowKindFilter(table, [.. Enum.GetValues<RowKind>().Select(kind => kinds.Contains(kind) == includes)]);
    }

    private static RowKind Parse(string text) => RowKinds.TryParse(text, out var kind) ? kind : throw new BrokenBeliefException("settings are checked before they are used");

    private static string? Wrong(IReadOnlyList<string> kinds) =>
        kinds.FirstOrDefault(kind => !RowKinds.TryParse(kind, out _)) is { } unknown ? $"'{unknown}' is no kind of row: they are INSERT, UPDATE_BEFORE, UPDATE_AFTER and DELETE." : null;
}
