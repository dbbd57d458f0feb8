using System.Text;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Functions.Times;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Parsing;

namespace Chunnel.Transforms.Sql.Typing;

// Literals and parts of dates and times (spec transforms.md 5.2 and 5.6).
internal sealed partial class Typer
{
    /// <summary><c>DATE '2021-04-15'</c>: a text that is no such value is a mistake of the query.</summary>
    private Node? OfTime(TimeSyntax time)
    {
        var text = _nodes.Literal($"text:{time.Value}", () => Constants.OfText(time.Value), time);
        if (_casts.Cast(text, time.Type, attempt: false, time) is { Constant: not null } value) return value;
        _problems.UnsupportedExpression(time.Where, time.ToString(), $"The text is no {time.Type}.");
        return null;
    }

    /// <summary>A part that values of the type do not have is null; one that no value has is a mistake of the query.</summary>
    private Node? OfExtract(ExtractSyntax extract)
    {
        var operand = Type(extract.Operand);
        if (TimePart.Find(extract.Part) is not { } part)
        {
            var names = TimePart.All.Select(known => known.Name).ToList();
            var mend = Nearest.DidYouMean(extract.Part.ToUpperInvariant(), names) ?? $"Known: {string.Join(", ", names)}.";
            _problems.UnsupportedExpression(extract.PartWhere, extract.ToString(), mend);
            return null;
        }
        if (operand is null) return null;
        if (operand.Type.Kind == TypeKind.Null) return _nodes.Null(part.Type, extract);
        return operand.Type.Kind is TypeKind.Date or TypeKind.Time or TypeKind.Timestamp or TypeKind.TimestampTz
            ? TimeFunctions.Extract(part, operand, _nodes, extract)
            : Refuse(extract, $"{operand.Syntax} is of type {TypeName(operand.Type)}: convert it to a date or a time with CAST or TO_DATE.");
    }

    private Node? OfZone(AtZoneSyntax zoned)
    {
        var (operand, name) = (Type(zoned.Operand), Type(zoned.Zone));
        if (operand is null || name is null) return null;
        if (operand.Type.Kind == TypeKind.Null) return _nodes.Null(DataType.TimestampTz, zoned);
        if (name.Constant is not TextColumn { HasNulls: false } text || Zones.Find(Encoding.UTF8.GetString(text[0])) is not { } zone)
            return Refuse(zoned, "The zone is written in quotes: 'UTC+8', '+08:00' or a name such as 'Asia/Shanghai'.");
        return _casts.AtZone(operand, zone, zoned) ?? Refuse(zoned, $"{operand.Syntax} is of type {TypeName(operand.Type)}: only timestamps are at a time zone.");
    }
}
