using Chunnel.Core;

namespace Chunnel.Config.Sql;

/// <summary>A statement that a job file may hold.</summary>
internal abstract record SqlStatement(string Name, TextPosition NameWhere, string Sql);

/// <summary><c>CREATE TABLE name (...) WITH ('key' = 'value', ...)</c></summary>
internal sealed record CreateTable(string Name, TextPosition NameWhere, string Sql, IReadOnlyList<SqlOption> Options) : SqlStatement(Name, NameWhere, Sql)
{
    public SqlOption? Option(string key) => Options.FirstOrDefault(option => option.Key.Equals(key, StringComparison.OrdinalIgnoreCase));
}

/// <summary><c>CREATE TABLE name AS SELECT ...</c></summary>
internal sealed record CreateTableAs(string Name, TextPosition NameWhere, string Sql, SqlSelect Select) : SqlStatement(Name, NameWhere, Sql);

/// <summary><c>INSERT INTO name SELECT ...</c></summary>
internal sealed record InsertInto(string Name, TextPosition NameWhere, string Sql, SqlSelect Select) : SqlStatement(Name, NameWhere, Sql);

/// <summary>A table whose statement has a mistake: others may name it without being told so too.</summary>
internal sealed record UnreadTable(string Name, TextPosition NameWhere, string Sql) : SqlStatement(Name, NameWhere, Sql);

/// <summary>A query: its text, the table it reads and whether it is but that table's name (<c>SELECT y</c>).</summary>
internal sealed record SqlSelect(string Text, TextPosition Where, string? From, TextPosition FromWhere, bool IsBareName);

/// <summary>One pair of WITH. <see cref="Source"/> is the value with the places of its characters.</summary>
internal sealed record SqlOption(string Key, TextPosition KeyWhere, string Value, SourceText Source);
