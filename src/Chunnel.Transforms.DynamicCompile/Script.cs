using System.Reflection;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Transforms.DynamicCompile;

/// <summary>An instance of a script's class. One transform has its own.</summary>
internal sealed class Script(object? instance, ScriptMethods methods, Func<int, int, TextPosition> place) : IDisposable
{
    private readonly Func<TableSchema, ColumnDef[]> _columns = Bind<Func<TableSchema, ColumnDef[]>>(methods.Columns, instance);

    /// <summary>The values of a row; null when the script fills batches.</summary>
    public Func<RowAccessor, object?[]>? Values { get; } = methods.Values is { } values ? Bind<Func<RowAccessor, object?[]>>(values, instance) : null;

    /// <summary>Fills the columns for a batch.</summary>
    public Action<ColumnBatch, ColumnBuilder[]>? Fill { get; } = methods.Fill is { } fill ? Bind<Action<ColumnBatch, ColumnBuilder[]>>(fill, instance) : null;

    /// <summary>The columns that it makes of a table.</summary>
    /// <exception cref="ChunnelException">The script fails, or makes none.</exception>
    public IReadOnlyList<ColumnDef> ColumnsOf(TableSchema table)
    {
        ColumnDef[] made;
        try
        {
            made = _columns(table);
        }
        catch (Exception thrown)
        {
            throw new ChunnelException(DynamicCompileErrors.Failed, $"{ScriptMethods.ColumnsName} failed for table {table.TableId}: {thrown.GetType().Name}: {thrown.Message}", thrown) { Where = PlaceOf(thrown) ?? TextPosition.Nowhere };
        }
        if (made is null or [] || made.Any(column => column is null)) throw new ChunnelException(DynamicCompileErrors.Failed, $"{ScriptMethods.ColumnsName} gives no columns for table {table.TableId}.") { Where = place(1, 1) };
        if (Fill is not null && made.FirstOrDefault(column => column.Type.IsNested) is { } nested)
            throw new ChunnelException(DynamicCompileErrors.Failed, $"The column '{nested.Name}' is of type {nested.Type}, which {ScriptMethods.FillName} cannot fill.") { Where = place(1, 1), Mend = $"Use {ScriptMethods.ValuesName} for arrays, maps and rows." };
        return made;
    }

    /// <summary>Where in the script something was thrown; null when the script had no part in it.</summary>
    public TextPosition? PlaceOf(Exception thrown) => ScriptFailure.PlaceOf(thrown, place);

    /// <summary>What was thrown, and where in the script.</summary>
    public string Said(Exception thrown) => $"{thrown.GetType().Name}{(PlaceOf(thrown) is { } at ? $" at {at}" : "")}: {thrown.Message}";

    public void Dispose() => (instance as IDisposable)?.Dispose();

    private static T Bind<T>(MethodInfo method, object? instance) where T : Delegate => method.IsStatic ? method.CreateDelegate<T>() : method.CreateDelegate<T>(instance);
}
