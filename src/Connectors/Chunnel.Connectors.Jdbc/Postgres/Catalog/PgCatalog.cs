using System.Data;
using System.Globalization;
using Chunnel.Core;
using Npgsql;
using Npgsql.Schema;

namespace Chunnel.Connectors.Jdbc;

/// <summary>What the server's catalog says of tables and of the columns of queries.</summary>
internal static class PgCatalog
{
    /// <summary>The name that tables read here carry, by which a PostgreSQL sink knows that their types are its own.</summary>
    public const string Name = "Postgres";

    /// <summary>Goes below domains, beside the name of an array's element.</summary>
    private const string Resolved = """
        , b as (
            select at, oid, mod from c
            union all
            select b.at, t.typbasetype, case when t.typtypmod >= 0 then t.typtypmod else b.mod end from b join pg_catalog.pg_type t on t.oid = b.oid where t.typtype = 'd'
        )
        select c.name, pg_catalog.format_type(c.oid, c.mod), t.typname::text, b.mod::text,
            case when t.typcategory = 'A' and t.typelem <> 0 then e.typname::text end, c.filled::text, c.standard, c.comment, t.typtype::text, t.typelem::text
        from c join b on b.at = c.at join pg_catalog.pg_type t on t.oid = b.oid and t.typtype <> 'd' left join pg_catalog.pg_type e on e.oid = t.typelem
        order by c.at
        """;

    private static string OfTable(string table) => $"""
        with recursive c as (
            select a.attnum::int as at, a.attname::text as name, a.atttypid as oid, a.atttypmod as mod, a.attnotnull as filled,
                case when a.attgenerated = '' then pg_catalog.pg_get_expr(d.adbin, d.adrelid) end as standard, pg_catalog.col_description(a.attrelid, a.attnum) as comment
            from pg_catalog.pg_attribute a left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where a.attrelid = {table}::oid and a.attnum > 0 and not a.attisdropped
        )
        {Resolved}
        """;

    private static string OfQuery(IReadOnlyList<NpgsqlDbColumn> columns) => $"""
        with recursive c as (
            select u.at::int as at, u.name, u.oid, u.mod, false as filled, null::text as standard, null::text as comment
            from unnest(array[{Listed(columns, column => PgText.Literal(column.ColumnName))}]::text[], array[{Listed(columns, column => column.TypeOID.ToString(CultureInfo.InvariantCulture))}]::oid[],
                array[{Listed(columns, column => ModOf(column).ToString(CultureInfo.InvariantCulture))}]::int[]) with ordinality as u(name, oid, mod, at)
        )
        {Resolved}
        """;

    private static string OfKeys(string table) => $"""
        select k.name, k.kind, k.attname, k.descends::text from (
            select c.conname::text, 'p', a.attname::text, k.at::int, false
            from pg_catalog.pg_constraint c, unnest(c.conkey) with ordinality k(num, at), pg_catalog.pg_attribute a
            where c.conrelid = {table}::oid and c.contype = 'p' and a.attrelid = c.conrelid and a.attnum = k.num
            union all
            select r.relname::text, case when i.indisunique then 'u' else 'i' end, a.attname::text, k.at::int, (i.indoption[k.at - 1] & 1) = 1
            from pg_catalog.pg_index i join pg_catalog.pg_class r on r.oid = i.indexrelid, unnest(i.indkey::int[]) with ordinality k(num, at), pg_catalog.pg_attribute a
            where i.indrelid = {table}::oid and not i.indisprimary and i.indisvalid and i.indexprs is null and i.indpred is null and k.at <= i.indnkeyatts
                and not exists (select from unnest(i.indkey::int[]) n where n = 0) and a.attrelid = i.indrelid and a.attnum = k.num
        ) k(name, kind, attname, at, descends)
        order by k.kind desc, k.name, k.at
        """;

    /// <summary>The table's number and comment; null when there is none by the name.</summary>
    public static async ValueTask<Found?> FindAsync(NpgsqlConnection connection, TablePath path, CancellationToken stop)
    {
        var found = await PgTextRows.AskAsync(connection, $"""
            select c.oid::text, n.nspname::text, pg_catalog.obj_description(c.oid, 'pg_class')
            from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where c.oid = pg_catalog.to_regclass({PgText.Literal(PgText.Quote(path))}) and c.relkind in ('r', 'p', 'v', 'm', 'f')
            """, stop);
        return found.Count == 0 ? null : new Found(found[0][0]!, found[0][1]!, found[0][2]);
    }

    /// <summary>True when all that COPY gives of it is all that a query would: no view, no partitions, nothing inherits from it, and no column is computed.</summary>
    public static async ValueTask<bool> IsPlainTableAsync(NpgsqlConnection connection, TablePath path, CancellationToken stop)
    {
        var found = await PgTextRows.AskAsync(connection, $"""
            select from pg_catalog.pg_class c where c.oid = pg_catalog.to_regclass({PgText.Literal(PgText.Quote(path))}) and c.relkind = 'r' and not c.relhassubclass
                and not exists (select from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated <> '')
            """, stop);
        return found.Count == 1;
    }

    public static async ValueTask<TableSchema?> DescribeAsync(NpgsqlConnection connection, TablePath path, CancellationToken stop)
    {
        if (await FindAsync(connection, path, stop) is not { } found) return null;
        var columns = await ColumnsAsync(connection, found.Oid, stop);
        var keys = await KeysAsync(connection, found.Oid, stop);
        return new TableSchema(path with { Schema = path.Schema ?? found.Schema }, [.. columns.Select(PgColumns.Of)])
        {
            PrimaryKey = PrimaryOf(keys),
            ConstraintKeys = [.. keys.Where(key => key[1] != "p").GroupBy(NameOf).Select(ConstraintOf)],
            Comment = found.Comment,
            CatalogName = Name,
        };
    }

    public static async ValueTask<IReadOnlyList<ColumnDef>> DescribeQueryAsync(NpgsqlConnection connection, string query, CancellationToken stop)
    {
        List<NpgsqlDbColumn> found;
        await using (var described = new NpgsqlCommand(query, connection))
        await using (var reader = await described.ExecuteReaderAsync(CommandBehavior.SchemaOnly, stop))
        {
            found = [.. (await reader.GetColumnSchemaAsync(stop)).Cast<NpgsqlDbColumn>()];
        }
        return [.. Columns(await PgTextRows.AskAsync(connection, OfQuery(found), stop)).Select(PgColumns.Of)];
    }

    /// <summary>The columns of a table by its number.</summary>
    public static async ValueTask<IReadOnlyList<PgColumn>> ColumnsAsync(NpgsqlConnection connection, string table, CancellationToken stop) =>
        Columns(await PgTextRows.AskAsync(connection, OfTable(table), stop));

    /// <summary>All tables and views outside the server's own schemas.</summary>
    public static async ValueTask<IReadOnlyList<TablePath>> TablesAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var found = await PgTextRows.AskAsync(connection, """
            select n.nspname::text, c.relname::text from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\_%'
            order by 1, 2
            """, stop);
        return [.. found.Select(row => new TablePath(connection.Database, row[0], row[1]!))];
    }

    private static IReadOnlyList<PgColumn> Columns(IReadOnlyList<IReadOnlyList<string?>> rows) =>
    [
        .. rows.Select(row => new PgColumn(row[0]!, row[1]!, row[2]!, int.Parse(row[3]!, CultureInfo.InvariantCulture))
        {
            Element = row[4],
            Filled = IsTrue(row[5]),
            Default = row[6],
            Comment = row[7],
            IsEnum = row[8] == "e",
            ElementOid = uint.Parse(row[9]!, CultureInfo.InvariantCulture),
        }),
    ];

    /// <summary>The parts of all keys in order: the key's name, its kind (p, u or i), the column, whether it descends.</summary>
    private static ValueTask<IReadOnlyList<IReadOnlyList<string?>>> KeysAsync(NpgsqlConnection connection, string table, CancellationToken stop) =>
        PgTextRows.AskAsync(connection, OfKeys(table), stop);

    private static PrimaryKey? PrimaryOf(IEnumerable<IReadOnlyList<string?>> keys) =>
        keys.Where(key => key[1] == "p").ToList() is [var first, ..] parts ? new PrimaryKey(NameOf(first), [.. parts.Select(part => part[2]!)]) : null;

    /// <summary>No two keys of a table have one name: an index stands behind each.</summary>
    private static string NameOf(IReadOnlyList<string?> key) => key[0]!;

    private static ConstraintKey ConstraintOf(IGrouping<string, IReadOnlyList<string?>> key) =>
        new(key.Key, key.First()[1] == "u" ? ConstraintKind.UniqueKey : ConstraintKind.IndexKey, [.. key.Select(part => new ConstraintColumn(part[2]!, IsTrue(part[3])))]);

    /// <summary>A boolean that was cast to text.</summary>
    private static bool IsTrue(string? text) => text == "true";

    private static string Listed(IEnumerable<NpgsqlDbColumn> columns, Func<NpgsqlDbColumn, string> value) => string.Join(", ", columns.Select(value));

    /// <summary>The driver tells digits and lengths; the catalog wants the number they are kept in.</summary>
    private static int ModOf(NpgsqlDbColumn column) => column.DataTypeName?.Split('(')[0] switch
    {
        "numeric" when column.NumericPrecision is { } precision => ((precision << 16) | (column.NumericScale ?? 0) & 0x7FF) + 4,
        "character varying" or "character" when column.ColumnSize is > 0 and var size => size + 4,
        _ => -1,
    };

    /// <summary>A table that is there.</summary>
    /// <param name="Oid">Its number.</param>
    /// <param name="Schema">The schema that it is in.</param>
    /// <param name="Comment">What is said of it.</param>
    internal sealed record Found(string Oid, string Schema, string? Comment);
}
