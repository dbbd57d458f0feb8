using System.Globalization;
using Chunnel.Core;
using Chunnel.Formats;
using ExcelDataReader;

namespace Chunnel.Connectors.Files;

/// <summary>The rows of one sheet, <c>.xls</c> or <c>.xlsx</c>. Formulas count by the value that is stored with them; rows without any cell are no rows.</summary>
internal sealed class ExcelRows : ICellRows
{
    private const int BufferBytes = 64 << 10;

    private readonly IExcelDataReader _reader;
    private readonly string _path;
    private readonly FileTable _table;
    private readonly int[] _fields;
    private readonly TimePattern _date;
    private readonly TimePattern _time;
    private readonly TimePattern _dateTime;
    private int _line;

    /// <summary>Takes the stream over.</summary>
    public ExcelRows(Stream file, string path, FileTable table)
    {
        _path = path;
        _table = table;
        _fields = [.. table.FileOrdinals];
        var formats = table.Settings.Delimited;
        (_date, _time, _dateTime) = (TimePattern.Parse(formats.DateFormat), TimePattern.Parse(formats.TimeFormat), TimePattern.Parse(formats.DateTimeFormat));
        // Old files have code pages.
        System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
        try
        {
            _reader = ExcelReaderFactory.CreateReader(new BufferedStream(file, BufferBytes));
        }
        catch (Exception error) when (error is ExcelDataReader.Exceptions.ExcelReaderException or InvalidDataException or IOException)
        {
            file.Dispose();
            throw new ChunnelException(FormatErrors.BadFile, $"'{path}' cannot be read as excel. {error.Message}", error) { Mend = "Check that it is a whole .xls or .xlsx file." };
        }
        try
        {
            if (FileSourceOptions.SheetName.TryRead(table.Settings.Block, out var sheet)) GoTo(sheet);
            for (var i = 0L; i < formats.SkipLines && _reader.Read(); i++) _line++;
        }
        catch
        {
            _reader.Dispose();
            throw;
        }
    }

    public TextPosition Place => new($"{_path}!{_reader.Name}", _line, 1);

    public ValueTask<bool> NextAsync(CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        while (_reader.Read())
        {
            _line++;
            for (var field = 0; field < _reader.FieldCount; field++)
            {
                if (_reader.GetValue(field) is not null) return new(true);
            }
        }
        return new(false);
    }

    public string? Cell(int column)
    {
        var field = _fields[column];
        return field < _reader.FieldCount ? Text(_reader.GetValue(field), _table.DataSchema.Columns[column].Type.Kind) : null;
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        return ValueTask.CompletedTask;
    }

    private void GoTo(string sheet)
    {
        var names = new List<string>();
        do
        {
            if (_reader.Name == sheet) return;
            names.Add(_reader.Name);
        }
        while (_reader.NextResult());
        throw new ChunnelException(FormatErrors.BadFile, $"'{_path}' has no sheet '{sheet}'.") { Where = _table.Settings.Where, Mend = Nearest.DidYouMean(sheet, names) ?? $"It has: {string.Join(", ", names)}." };
    }

    private string? Text(object? value, TypeKind kind) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        double number => Number(number),
        TimeSpan time => _time.ToText(CivilTime.FromNanosOfDay(time.Ticks * 100)),
        DateTime time when kind == TypeKind.Date || (kind == TypeKind.String && time.TimeOfDay == TimeSpan.Zero) => _date.ToText(Civil(time)),
        DateTime time when kind == TypeKind.Time => _time.ToText(Civil(time)),
        DateTime time => _dateTime.ToText(Civil(time)),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary>A whole number has no point, and no number an exponent.</summary>
    private static string Number(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('E', StringComparison.Ordinal) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? exact.ToString(CultureInfo.InvariantCulture) : text;
    }

    private static CivilTime Civil(DateTime time) => CivilTime.FromMicros((time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
}
