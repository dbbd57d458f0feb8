using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Metadata;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.RowKindExtractor;

/// <summary>How kinds are written.</summary>
public enum KindText
{
    /// <summary>+I, -U, +U, -D.</summary>
    Short,

    /// <summary>INSERT, UPDATE_BEFORE, UPDATE_AFTER, DELETE.</summary>
    Full,
}

/// <summary>Writes each row's kind into a column and makes the row an insert (spec transforms.md 3.7).</summary>
public sealed class RowKindExtractorPlugin : TableTransformPlugin
{
    /// <summary>As long as UPDATE_BEFORE.</summary>
    private const int LongestKind = 13;

    public static readonly Option<string> CustomFieldName = Option.Text("custom_field_name").Default("row_kind").Says("The name of the new column.");

    public static readonly Option<KindText> TransformType = Option.Enum<KindText>("transform_type").Default(KindText.Short)
        .Says("SHORT writes +I, -U, +U and -D; FULL writes INSERT, UPDATE_BEFORE, UPDATE_AFTER and DELETE.");

    public override string Name => "RowKindExtractor";

    public override string Summary => "Writes each row's kind into a new column; every row that comes out is an insert.";

    protected override IReadOnlyList<OptionDescription> OwnOptions => [CustomFieldName, TransformType];

    protected override ITableTransform Create(TableSchema table, SettingsObject settings, TransformContext context)
    {
        var name = CustomFieldName.Read(settings);
        var where = CustomFieldName.Find(settings)?.Value.Where ?? settings.Where;
        if (table.IndexOf(name) >= 0)
            throw new ProblemsException([new Problem(CommonErrors.IllegalArgument, $"field name {name} already exists") { Where = where, Mend = $"Choose a name that table {table.TableId} does not have." }]);
        var column = new ColumnDef(name, DataType.String) { Nullable = false, Length = LongestKind, Default = RowKind.Insert.ToShortText() };
        return new RowKindTransform(new OutputColumns(table, [column], where) { Origins = [ColumnOrigin.Metadata(MetadataKeys.RowKind)] }, TransformType.Read(settings) == KindText.Full ? KindTexts.Full : KindTexts.Short);
    }
}
