using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.JsonPath;

/// <summary>Makes columns of what stands at paths of JSON values (spec transforms.md 3.8).</summary>
public sealed class JsonPathPlugin : TableTransformPlugin
{
    public static readonly Option<IReadOnlyList<SettingsObject>> Columns = Option.ObjectList("columns")
        .Says("The columns that are made, each { src_field, path, dest_field }, with dest_type (string if unset) and column_error_handle_way (FAIL, SKIP for null, SKIP_ROW) if wanted. "
            + "path, dest_field and dest_type may be lists of one length. A ROW column is a JSON array of its fields. "
            + "A path is Jayway's: $ the whole, .name or ['name'], [0], [-1] from the end, [0,2], [1:3], * for all, .. for all within, [?(@.price < 10 && @.name =~ /a.*/i)], and at its end ['a','b'] for an object of both, or length(), min(), max(), avg(), sum(), stddev(), keys(). "
            + "What names one place must be there; with *, .., several numbers, a slice or a condition the result is a list, which may be empty.");

    public override string Name => "JsonPath";

    public override string Summary => "Makes columns of what stands at paths of JSON values.";

    protected override IReadOnlyList<OptionDescription> OwnOptions => [Columns, RowErrors.Way];

    protected override IEnumerable<Problem> CheckOwn(SettingsObject settings)
    {
        var problems = new List<Problem>();
        if (Columns.CheckValue(settings) is not null) return problems;
        if (!Columns.TryRead(settings, out var columns) || columns.Count == 0)
            return [new Problem(JsonPathErrors.ColumnsEmpty, "'columns' is empty.") { Where = Columns.Find(settings)?.Value.Where ?? settings.Where }];
        foreach (var column in columns) PathColumn.Read(column, problems);
        return problems;
    }

    protected override ITableTransform Create(TableSchema table, SettingsObject settings, TransformContext context)
    {
        var problems = new List<Problem>();
        var columns = Columns.Read(settings).SelectMany(column => PathColumn.Read(column, problems)).ToList();
        problems.AddRange(columns.SelectMany(column => Misfit(table, column)));
        if (problems.Any(problem => problem.Severity == Severity.Error)) throw new ProblemsException([.. problems.Distinct()]);
        var output = new OutputColumns(table, [.. columns.Select(column => column.Target)], Columns.Find(settings)!.Value.Where)
        {
            Origins = [.. columns.Select(column => ColumnOrigin.Computed($"JSON_PATH({column.Source}, '{column.Written}')", column.Source))],
        };
        return new JsonPathTransform(output, [.. columns.Select(column => (column, table.IndexOf(column.Source)))], RowErrors.Of(Name, settings));
    }

    private IEnumerable<Problem> Misfit(TableSchema table, PathColumn column)
    {
        var names = table.Columns.Select(known => known.Name).ToList();
        if (table.IndexOf(column.Source) is < 0)
        {
            yield return new Problem(JsonPathErrors.SourceWrong, $"The column '{column.Source}' of '{Name}' is not in table {table.TableId}, which has the columns {string.Join(", ", names)}.")
            {
                Where = column.Where, Mend = Nearest.DidYouMean(column.Source, names),
            };
            yield break;
        }
        var type = table.Columns[table.IndexOf(column.Source)].Type;
        if (type.Kind is TypeKind.String or TypeKind.Bytes || type.IsNested) yield break;
        yield return new Problem(CommonErrors.UnsupportedType(Name, type.ToString(), column.Source), $"The column '{column.Source}' of table {table.TableId} holds no JSON.")
        {
            Where = column.Where, Mend = "JSON stands in strings, bytes, arrays, maps and rows.",
        };
    }
}
