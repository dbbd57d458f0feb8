using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>The codes of Jdbc, with SeaTunnel's numbers and words (spec connectors.md 7.7).</summary>
public static class JdbcErrors
{
    public static readonly ErrorCode XaFailed = new("JDBC-03", "Xa operation failed, such as (commit, rollback) etc..", Blame.World, Retry.Later);

    /// <summary>A row breaks a constraint that is looked at when the transaction ends: it would again.</summary>
    public static readonly ErrorCode XaRefused = new("JDBC-03", "Xa operation failed, such as (commit, rollback) etc..");
    public static readonly ErrorCode ConnectFailed = new("JDBC-04", "Connector database failed", Blame.World, Retry.Later);
    public static readonly ErrorCode ConnectRefused = new("JDBC-04", "Connector database failed");
    public static readonly ErrorCode TransactionFailed = new("JDBC-05", "transaction operation failed, such as (commit, rollback) etc..", Blame.World, Retry.Later);
    public static readonly ErrorCode NoDialect = new("JDBC-06", "No suitable dialect factory found");
    public static readonly ErrorCode NotSupported = new("JDBC-07", "The jdbc type don't support sink");
    public static readonly ErrorCode CastFailed = new("JDBC-10", "Data type cast failed");
    public static readonly ErrorCode SchemaChangeFailed = new("JDBC-11", "Refresh the table with schema change failed");
    public static readonly ErrorCode SqlFailed = new("COMMON-08", "Sql operation failed, such as (execute,addBatch,close) etc...");
    public static readonly ErrorCode SqlFailedNow = SqlFailed with { Blame = Blame.World, Retry = Retry.Later };
    public static readonly ErrorCode FlushFailed = new("COMMON-10", "Flush data operation that in sink connector failed");
    public static readonly ErrorCode FlushFailedNow = FlushFailed with { Blame = Blame.World, Retry = Retry.Later };
    public static readonly ErrorCode ReadFailed = new("COMMON-12", "Source reader operation failed, such as (open, close) etc...");
}
