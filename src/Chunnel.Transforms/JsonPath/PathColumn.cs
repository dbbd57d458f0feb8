using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.JsonPath.Paths;

namespace Chunnel.Transforms.JsonPath;

/// <summary>One column that is made: what stands at a path of another.</summary>
/// <param name="Source">The column with the JSON.</param>
/// <param name="Written">The path as written.</param>
/// <param name="Path">The path.</param>
/// <param name="Target">The column that is made.</param>
/// <param name="OnError">What to do about a value that fails; null for what counts for rows.</param>
/// <param name="Where">The element of <c>columns</c>.</param>
internal sealed record PathColumn(string Source, string Written, JsonWay Path, ColumnDef Target, ColumnErrorWay? OnError, TextPosition Where)
{
    private const int TargetLength = 200;
    private const string TypeKey = "dest_type";

    private static readonly Option<string> SourceField = Option.Text("src_field");
    private static readonly Option<string> PathText = Option.Text("path");
    private static readonly Option<string> TargetText = Option.Text("dest_field");
    private static readonly Option<ColumnErrorWay> ErrorWay = Option.Enum<ColumnErrorWay>("column_error_handle_way");

    /// <summary>Reads an element of <c>columns</c>; with lists it makes several columns.</summary>
    public static IReadOnlyList<PathColumn> Read(SettingsObject element, List<Problem> problems)
    {
        var before = problems.Count;
        var known = new OptionSet([SourceField, PathText, TargetText, ErrorWay]);
        problems.AddRange(known.Check(element with { Entries = [.. element.Entries.Where(entry => entry.Key != TypeKey && entry.Value is not SettingsList)] }, "JsonPath", []));
        if (problems.Skip(before).Any(problem => problem.Severity == Severity.Error)) return [];
        var source = SourceField.TryRead(element, out var name) ? name : "";
        var paths = Texts(element, PathText.Key);
        var targets = Texts(element, TargetText.Key);
        var types = element.Find(TypeKey) is { } written ? Nodes(written.Value) : null;
        if (source.Length == 0) problems.Add(new Problem(JsonPathErrors.SourceWrong, "'src_field' is empty.") { Where = element.Where });
        if (paths.Count == 0 || paths.Contains("")) problems.Add(new Problem(JsonPathErrors.PathEmpty, "'path' is empty.") { Where = element.Where });
        if (targets.Count == 0 || targets.Contains("")) problems.Add(new Problem(JsonPathErrors.TargetEmpty, "'dest_field' is empty.") { Where = element.Where });
        if (problems.Count > before) return [];
        if (targets.Count != paths.Count || types is not null && types.Count != paths.Count)
        {
            problems.Add(new Problem(CommonErrors.OptionValidateFailed, $"'path' has {paths.Count} values, 'dest_field' {targets.Count}{(types is null ? "" : $" and 'dest_type' {types.Count}")}.")
            {
                Where = element.Where, Mend = "Each path has a column and, if any is given, a type.",
            });
            return [];
        }
        ColumnErrorWay? onError = ErrorWay.TryRead(element, out var handled) ? handled : null;
        var columns = new List<PathColumn>();
        for (var i = 0; i < paths.Count; i++)
        {
            var type = types is null ? DataType.String : TypeOf(types[i], targets[i], problems);
            if (!JsonWay.TryParse(paths[i], out var path, out var why))
                problems.Add(new Problem(JsonPathErrors.PathFailed, $"The path '{paths[i]}' cannot be read: {why}.") { Where = PathText.Find(element)!.Value.Where, Mend = "Examples: $.a.b, $['a b'][0], $.a[-1], $.a[1:3], $.a[*].b, $..b, $.a[?(@.b > 1)].c, $.a.length()." });
            else if (type is not null) columns.Add(new PathColumn(source, paths[i], path, new ColumnDef(targets[i], type) { Length = TargetLength }, onError, SourceField.Find(element)!.Value.Where));
        }
        return columns;
    }

    /// <summary>What is written as a list, or as one value.</summary>
    private static IReadOnlyList<SettingsNode> Nodes(SettingsNode value) => value is SettingsList list ? list.Items : [value];

    // Not as other lists of texts: a comma within a path separates nothing.
    private static List<string> Texts(SettingsObject element, string key) => element.Find(key) is { } entry ? [.. Nodes(entry.Value).Select(SettingsConvert.ToText)] : [];

    private static DataType? TypeOf(SettingsNode node, string field, List<Problem> problems)
    {
        try
        {
            return SchemaReader.ReadType(field, node);
        }
        catch (ChunnelException wrong)
        {
            problems.Add(new Problem(JsonPathErrors.TypeWrong, wrong.What) { Where = node.Where, Mend = wrong.Mend });
            return null;
        }
    }
}
