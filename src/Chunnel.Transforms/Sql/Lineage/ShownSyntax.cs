using Chunnel.Core;
using Chunnel.Transforms.Sql.Functions;
using Chunnel.Transforms.Sql.Parsing;

namespace Chunnel.Transforms.Sql.Lineage;

/// <summary>Expressions as they may be shown: keys and passwords that the query holds are masked wherever they stand.</summary>
internal sealed class ShownSyntax
{
    private readonly List<string> _keys = [];

    public ShownSyntax(SqlSelect select)
    {
        foreach (var expression in select.Items.Select(item => item.Expression).Concat(select.Views.Select(view => view.List)).Append(select.Where)) Collect(expression);
    }

    public string Of(Syntax syntax) => Hide(syntax.ToString());

    /// <summary>A text in which a key may stand as a literal does.</summary>
    public string Hide(string text) => _keys.Aggregate(text, (shown, key) => shown.Replace(key, $"'{Secrets.Mask}'", StringComparison.Ordinal));

    private void Collect(Syntax? syntax)
    {
        if (syntax is null) return;
        if (syntax is CallSyntax call && SqlFunctions.Find(call.Name) is { KeyArgument: >= 0 and var place } && place < call.Arguments.Count) CollectTexts(call.Arguments[place]);
        foreach (var child in ChildrenOf(syntax)) Collect(child);
    }

    private void CollectTexts(Syntax? syntax)
    {
        if (syntax is null) return;
        if (syntax is TextSyntax text) _keys.Add(text.ToString());
        foreach (var child in ChildrenOf(syntax)) CollectTexts(child);
    }

    private static IEnumerable<Syntax?> ChildrenOf(Syntax syntax) => syntax switch
    {
        GroupSyntax group => [group.Inner],
        SignSyntax sign => [sign.Operand],
        NotSyntax not => [not.Operand],
        BinarySyntax binary => [binary.Left, binary.Right],
        IsNullSyntax test => [test.Operand],
        BetweenSyntax between => [between.Operand, between.Low, between.High],
        InSyntax list => [list.Operand, .. list.Items],
        LikeSyntax like => [like.Operand, like.Pattern, like.Escape],
        CaseSyntax cases => [cases.Subject, .. cases.Branches.SelectMany(branch => new[] { branch.When, branch.Then }), cases.Else],
        CastSyntax cast => [cast.Operand],
        ExtractSyntax extract => [extract.Operand],
        AtZoneSyntax zoned => [zoned.Operand, zoned.Zone],
        CallSyntax call => [.. call.Arguments],
        _ => [],
    };
}
