namespace Chunnel.Transforms.Tables;

/// <summary>What counts when several elements of <c>table_transform</c> name one table (spec transforms.md 2).</summary>
public enum RuleMatchMode
{
    /// <summary>The first one.</summary>
    FirstMatch,

    /// <summary>All in order: each works on what the one before it gives.</summary>
    AllMatch,
}
