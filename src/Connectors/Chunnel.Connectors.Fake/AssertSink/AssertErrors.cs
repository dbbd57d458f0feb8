using Chunnel.Core;

namespace Chunnel.Connectors.Fake;

/// <summary>The codes of the Assert sink.</summary>
internal static class AssertErrors
{
    public static readonly ErrorCode RuleFailed = new("ASSERT-01", "Rule validate failed");
    public static readonly ErrorCode TypeNotSupported = new("ASSERT-02", "Type not supported");
    public static readonly ErrorCode CatalogTableFailed = new("ASSERT-03", "Catalog table failed");
}
