using System.Reflection;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Transforms.DynamicCompile;

/// <summary>The methods of a script that are called.</summary>
/// <param name="Columns">Says which columns are made.</param>
/// <param name="Values">Gives their values for a row, in a new array; null when the script fills batches.</param>
/// <param name="Fill">Fills them for a batch; null when the script works by row.</param>
internal sealed record ScriptMethods(MethodInfo Columns, MethodInfo? Values, MethodInfo? Fill)
{
    public const string ColumnsName = "GetInlineOutputColumns";
    public const string ValuesName = "GetInlineOutputFieldValues";
    public const string FillName = "FillOutputColumns";

    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The class with the methods, and these; or what is wrong, with the name of the method that it is about.</summary>
    public static (Type? Type, ScriptMethods? Methods, IReadOnlyList<(string Method, string Wrong)> Problems) Find(Assembly assembly)
    {
        var type = assembly.GetTypes().FirstOrDefault(candidate => candidate is { IsClass: true, IsNested: false } && Method(candidate, ColumnsName) is not null);
        if (type is null) return (null, null, [("", $"The code has no class with a method {ColumnsName}.")]);
        var (columns, values, fill) = (Method(type, ColumnsName)!, Method(type, ValuesName), Method(type, FillName));
        var problems = new List<(string, string)>();
        if (!Fits(columns, typeof(ColumnDef[]), typeof(TableSchema))) problems.Add((ColumnsName, $"{columns.Name} is not declared as ColumnDef[] {columns.Name}(TableSchema table)."));
        if (values is null && fill is null) problems.Add(("", $"The class '{type.Name}' has neither a method {ValuesName} nor one {FillName}."));
        if (values is not null && !Fits(values, typeof(object[]), typeof(RowAccessor))) problems.Add((ValuesName, $"{values.Name} is not declared as object[] {values.Name}(RowAccessor row)."));
        if (fill is not null && !Fits(fill, typeof(void), typeof(ColumnBatch), typeof(ColumnBuilder[]))) problems.Add((FillName, $"{fill.Name} is not declared as void {fill.Name}(ColumnBatch batch, ColumnBuilder[] to)."));
        return (type, new ScriptMethods(columns, fill is null ? values : null, fill), problems);
    }

    private static MethodInfo? Method(Type type, string name) => type.GetMethods(Any).FirstOrDefault(method => method.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static bool Fits(MethodInfo method, Type result, params Type[] parameters) =>
        result.IsAssignableFrom(method.ReturnType) && method.GetParameters().Select(parameter => parameter.ParameterType).SequenceEqual(parameters);
}
