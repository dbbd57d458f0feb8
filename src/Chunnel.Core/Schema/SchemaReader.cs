namespace Chunnel.Core;

/// <summary>Makes a table of a plug-in's <c>schema</c> block (spec config.md 12), with SeaTunnel's words for what is wrong.</summary>
public static class SchemaReader
{
    private static readonly string[] Keys = ["table", "schema_first", "comment", "fields", "columns", "primaryKey", "constraintKeys", "partition_keys"];
    private static readonly string[] ColumnKeys = ["name", "type", "nullable", "columnLength", "columnScale", "defaultValue", "comment"];

    /// <summary>The table that the block's <c>schema</c> describes.</summary>
    /// <param name="settings">The plug-in's block.</param>
    /// <param name="outputName">The <c>plugin_output</c>: the table's path when the schema names none.</param>
    /// <exception cref="ChunnelException">The schema is absent or wrong; the error has its place.</exception>
    public static TableSchema Read(SettingsObject settings, string? outputName)
    {
        if (settings.Find("schema") is not { } entry)
        {
            throw Wrong(settings, "Schema config need option [schema], please correct your config first", "Add schema { fields { name = type } }.");
        }
        var schema = SettingsConvert.ToObject("schema", entry.Value);
        if (schema.Entries.Count == 0) throw Wrong(entry.Value, "Schema config can not be empty", "Add fields { name = type }.");
        return ReadSchema(schema, outputName);
    }

    /// <summary>Warnings for keys of a schema that mean nothing.</summary>
    public static IReadOnlyList<Problem> CheckKeys(SettingsObject settings)
    {
        if (settings.Find("schema")?.Value is not SettingsObject schema) return [];
        var unknown = new List<Problem>();
        AddUnknown(unknown, schema, "schema", Keys);
        if (schema.Find("columns")?.Value is SettingsList columns)
        {
            foreach (var column in columns.Items.OfType<SettingsObject>()) AddUnknown(unknown, column, "schema.columns", ColumnKeys);
        }
        return unknown;
    }

    private static TableSchema ReadSchema(SettingsObject schema, string? outputName)
    {
        var fields = schema.Find("fields");
        var columns = schema.Find("columns");
        if (fields is not null && columns is not null)
        {
            throw Wrong(columns.Value, "Schema config can't contains both [fields] and [columns], please correct your config first", "Keep one of them.");
        }
        var read = (fields, columns) switch
        {
            ({ } of, _) => ReadFields(SettingsConvert.ToObject("schema.fields", of.Value)),
            (_, { } of) => ReadColumns(SettingsConvert.ToObjectList("schema.columns", of.Value)),
            _ => throw Wrong(schema, "Schema config need option [schema.fields] or [schema.columns], please correct your config first", "Add fields { name = type }."),
        };
        if (read.Count == 0) throw Wrong((fields ?? columns)!.Value, "Schema config can not be empty", "Name at least one column.");
        RefuseTwice(read, (fields ?? columns)!.Value);
        var table = new TableSchema(ReadPath(schema, outputName), read)
        {
            Comment = Text(schema, "comment"),
            PrimaryKey = schema.Find("primaryKey") is { } key ? ReadPrimaryKey(SettingsConvert.ToObject("schema.primaryKey", key.Value)) : null,
            ConstraintKeys = schema.Find("constraintKeys") is { } keys
                ? [.. SettingsConvert.ToObjectList("schema.constraintKeys", keys.Value).Select(ReadConstraint)]
                : [],
            PartitionKeys = schema.Find("partition_keys") is { } partitions ? SettingsConvert.ToTextList("schema.partition_keys", partitions.Value) : [],
        };
        RefuseUnknownColumns(table, schema);
        return table;
    }

    private static TablePath ReadPath(SettingsObject schema, string? outputName)
    {
        var schemaFirst = schema.Find("schema_first") is { } first && SettingsConvert.ToBoolean("schema.schema_first", first.Value);
        if (schema.Find("table") is { } table) return TablePath.Parse(SettingsConvert.ToText(table.Value), schemaFirst);
        return string.IsNullOrEmpty(outputName) ? TablePath.Default : TablePath.Parse(outputName, schemaFirst);
    }

    private static List<ColumnDef> ReadFields(SettingsObject fields) =>
        ReadAll(fields.Entries, entry => new ColumnDef(entry.Key, ReadType(entry.Key, entry.Value)));

    private static List<ColumnDef> ReadColumns(IReadOnlyList<SettingsObject> columns) => ReadAll(columns, ReadColumn);

    // Every column is looked at, so that one answer names all that are wrong.
    private static List<ColumnDef> ReadAll<T>(IReadOnlyList<T> written, Func<T, ColumnDef> read)
    {
        var columns = new List<ColumnDef>(written.Count);
        var wrong = new List<Problem>();
        foreach (var one in written)
        {
            try
            {
                columns.Add(read(one));
            }
            catch (ChunnelException e)
            {
                wrong.AddRange(e.ToProblems());
            }
        }
        return wrong.Count == 0 ? columns : throw new ProblemsException(wrong);
    }

    private static ColumnDef ReadColumn(SettingsObject column)
    {
        var name = Text(column, "name") ?? throw Needs(column, "schema.columns.*", "name");
        var type = column.Find("type") ?? throw Needs(column, "schema.columns.*", "type");
        var scale = column.Find("columnScale") is { } of ? SettingsConvert.ToInt32("columnScale", of.Value) : (int?)null;
        return new ColumnDef(name, ReadType(name, type.Value, scale ?? 0))
        {
            Nullable = column.Find("nullable") is not { } nullable || SettingsConvert.ToBoolean("nullable", nullable.Value),
            Length = column.Find("columnLength") is { } length && SettingsConvert.ToInt64("columnLength", length.Value) is > 0 and var count ? count : null,
            Scale = scale,
            Default = column.Find("defaultValue") is { } value ? SettingsConvert.ToText(value.Value) : null,
            Comment = Text(column, "comment"),
        };
    }

    /// <summary>A type's text, or an object that names a nested row's fields.</summary>
    public static DataType ReadType(string field, SettingsNode node, int dimension = 0)
    {
        if (node is SettingsObject { Entries: { Count: > 0 } entries })
        {
            return DataType.Row([.. entries.Select(entry => new RowField(entry.Key, ReadType($"{field}.{entry.Key}", entry.Value)))]);
        }
        return TypeText.Parse(SettingsConvert.ToText(node), field, node.Where, dimension);
    }

    private static PrimaryKey ReadPrimaryKey(SettingsObject key)
    {
        var name = Text(key, "name") ?? throw Needs(key, "Schema", "primaryKey.name");
        var columns = key.Find("columnNames") ?? key.Find("columns") ?? throw Needs(key, "Schema", "primaryKey.columnNames");
        return new PrimaryKey(name, SettingsConvert.ToTextList("schema.primaryKey.columnNames", columns.Value));
    }

    private static ConstraintKey ReadConstraint(SettingsObject constraint)
    {
        var name = Text(constraint, "constraintName") ?? throw Needs(constraint, "schema.constraintKeys.*", "constraintName");
        var kind = Text(constraint, "constraintType") ?? "INDEX_KEY";
        var columns = constraint.Find("constraintColumns") ?? throw Needs(constraint, "schema.constraintKeys.*", "constraintColumns");
        var read = SettingsConvert.ToObjectList("constraintColumns", columns.Value).Select(ReadConstraintColumn);
        return new ConstraintKey(name, ReadKind(kind, constraint.Find("constraintType")?.Value ?? constraint), [.. read]);
    }

    private static ConstraintKind ReadKind(string text, SettingsNode at) => text.ToUpperInvariant() switch
    {
        "INDEX_KEY" or "KEY" => ConstraintKind.IndexKey,
        "UNIQUE_KEY" => ConstraintKind.UniqueKey,
        "FOREIGN_KEY" => ConstraintKind.ForeignKey,
        "VECTOR_INDEX_KEY" => ConstraintKind.VectorIndexKey,
        _ => throw Wrong(at, $"'{text}' is no constraintType.", "Known: INDEX_KEY, UNIQUE_KEY, FOREIGN_KEY, VECTOR_INDEX_KEY."),
    };

    private static ConstraintColumn ReadConstraintColumn(SettingsObject column)
    {
        var name = Text(column, "columnName") ?? throw Needs(column, "schema.constraintKeys.constraintColumns.*", "columnName");
        var descending = column.Find("sortType") is { } sort && SettingsConvert.ToChoice("sortType", sort.Value, ["ASC", "DESC"]) == "DESC";
        return new ConstraintColumn(name, descending);
    }

    private static void RefuseTwice(List<ColumnDef> columns, SettingsNode at)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (columns.FirstOrDefault(column => !seen.Add(column.Name)) is { } twice) throw Wrong(at, $"The column '{twice.Name}' stands twice in the schema.", "Rename one of them.");
    }

    private static void RefuseUnknownColumns(TableSchema table, SettingsObject schema)
    {
        var named = (table.PrimaryKey?.Columns ?? []).Concat(table.ConstraintKeys.SelectMany(key => key.Columns).Select(column => column.Name)).Concat(table.PartitionKeys);
        if (named.FirstOrDefault(name => table.IndexOf(name) < 0) is not { } unknown) return;
        throw Wrong(schema, $"A key of the schema names the column '{unknown}', which the schema does not have.", Nearest.DidYouMean(unknown, table.Columns.Select(column => column.Name)));
    }

    private static void AddUnknown(List<Problem> unknown, SettingsObject settings, string what, string[] known) =>
        unknown.AddRange(settings.Entries
            .Where(entry => !known.Contains(entry.Key) && !known.Any(key => entry.Key.StartsWith(key + ".", StringComparison.Ordinal)))
            .Select(entry => new Problem(CommonErrors.OptionValidateFailed, $"'{entry.Key}' is not an option of {what} and is ignored.")
            {
                Severity = Severity.Warning,
                Where = entry.KeyWhere,
                Mend = Nearest.DidYouMean(entry.Key, known),
            }));

    private static string? Text(SettingsObject settings, string key) => settings.Find(key) is { } entry ? SettingsConvert.ToText(entry.Value) : null;

    private static ChunnelException Needs(SettingsNode at, string what, string option) =>
        Wrong(at, $"{what} config need option [{option}], please correct your config first", null);

    private static ChunnelException Wrong(SettingsNode at, string what, string? mend) =>
        new(CommonErrors.ConfigValidateFailed, what) { Where = at.Where, Mend = mend };
}
