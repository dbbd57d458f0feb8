namespace Chunnel.Core;

/// <summary>The codes that every part may use, with SeaTunnel's numbers and words (spec config.md 11.1, 11.3).</summary>
public static class CommonErrors
{
    public static readonly ErrorCode ConfigValidateFailed = new("API-01", "Configuration item validate failed");
    public static readonly ErrorCode OptionValidateFailed = new("API-02", "Option item validate failed");
    public static readonly ErrorCode CatalogInitFailed = new("API-03", "Catalog initialize failed", Blame.World, Retry.Later);
    public static readonly ErrorCode DatabaseNotExisted = new("API-04", "Database not existed");
    public static readonly ErrorCode TableNotExisted = new("API-05", "Table not existed");
    public static readonly ErrorCode FactoryInitFailed = new("API-06", "Factory initialize failed");
    public static readonly ErrorCode DatabaseExisted = new("API-07", "Database already existed");
    public static readonly ErrorCode TableExisted = new("API-08", "Table already existed");
    public static readonly ErrorCode SaveModeFailed = new("API-09", "Handle save mode failed");
    public static readonly ErrorCode TargetHasData = new("API-10", "The target data source already has data");
    public static readonly ErrorCode SinkTableMissing = new("API-11", "The sink table not exist");

    public static ErrorCode FileOperationFailed(string identifier, string operation, string file) =>
        new("COMMON-01", $"{identifier} {operation} file '{file}' failed.", Blame.World, Retry.Later);

    public static ErrorCode JsonFailed(string identifier, string operation, string payload) =>
        new("COMMON-02", $"{identifier} JSON {operation} '{payload}' operation failed.");

    public static ErrorCode UnsupportedType(string identifier, string type, string field) =>
        new("COMMON-07", $"'{identifier}' unsupported data type '{type}' of '{field}'");

    public static ErrorCode UnsupportedEncoding(string encoding) => new("COMMON-08", $"unsupported encoding '{encoding}'");

    public static ErrorCode FileMissing(string identifier, string operation, string file) =>
        new("COMMON-22", $"{identifier} {operation} file '{file}' failed, because it not existed.");

    public static readonly ErrorCode UnsupportedOperation = new("COMMON-05", "Unsupported operation");
    public static readonly ErrorCode IllegalArgument = new("COMMON-06", "Illegal argument");
    public static readonly ErrorCode OutOfMemoryBudget = new("CHUNNEL-01", "Memory budget exceeded", Blame.World, Retry.Later);
    public static readonly ErrorCode Internal = new("CHUNNEL-99", "Internal error", Blame.Chunnel, Retry.Later);

    public static ErrorCode UnsupportedRowKind(string identifier, string table, string kind) =>
        new("COMMON-29", $"'{identifier}' table '{table}' not support rowKind  '{kind}'");

    public static ErrorCode DateFormat(string value, string field) =>
        new("COMMON-32", $"The date format '{value}' of field '{field}' is not supported. Please check the date format.");

    public static ErrorCode DateTimeFormat(string value, string field) =>
        new("COMMON-33", $"The datetime format '{value}' of field '{field}' is not supported. Please check the datetime format.");
}
