namespace Chunnel.Core;

/// <summary>A change of a table that flows in the stream, in order with the rows (spec engine.md 1.1).</summary>
public abstract record SchemaChange(TablePath Table)
{
    /// <summary>The event type's name on the wire.</summary>
    public abstract string TypeName { get; }

    /// <summary>The table after the change, once the source knows it.</summary>
    public TableSchema? After { get; init; }
}

/// <summary>Where a column is put: first, after another, or at the end when both are unset.</summary>
public sealed record ColumnPlace(bool First = false, string? AfterColumn = null);

public sealed record AddColumn(TablePath Table, ColumnDef Column, ColumnPlace Place) : SchemaChange(Table)
{
    public override string TypeName => "SCHEMA_CHANGE_ADD_COLUMN";
}

public sealed record DropColumn(TablePath Table, string Column) : SchemaChange(Table)
{
    public override string TypeName => "SCHEMA_CHANGE_DROP_COLUMN";
}

public sealed record ModifyColumn(TablePath Table, ColumnDef Column, ColumnPlace Place) : SchemaChange(Table)
{
    public override string TypeName => "SCHEMA_CHANGE_MODIFY_COLUMN";
}

public sealed record ChangeColumn(TablePath Table, string OldName, ColumnDef Column, ColumnPlace Place) : SchemaChange(Table)
{
    public override string TypeName => "SCHEMA_CHANGE_CHANGE_COLUMN";
}

public sealed record UpdateColumns(TablePath Table, IReadOnlyList<SchemaChange> Changes) : SchemaChange(Table)
{
    public override string TypeName => "SCHEMA_CHANGE_UPDATE_COLUMNS";
}

public sealed record RenameTable(TablePath Table, TablePath NewPath) : SchemaChange(Table)
{
    public override string TypeName => "SCHEMA_CHANGE_RENAME_TABLE";
}
