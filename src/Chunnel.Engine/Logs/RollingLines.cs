using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>
/// Lines in a file that keeps its name: when it is full, or its day is over, it is put aside as <c>NAME.2026-11-25-1</c> and begun anew.
/// What was put aside goes by age and number (spec engine.md 11.5).
/// </summary>
public sealed class RollingLines : ILineSink, IDisposable
{
    private const long MostBytes = 100L << 20;
    private const int KeptFiles = 100;
    private static readonly TimeSpan _keptFor = TimeSpan.FromDays(7);

    private readonly string _path;
    private readonly TimeProvider _clock;
    private readonly long _mostBytes;
    private readonly Lock _lock = new();
    private FileLines _file;
    private DateOnly _day;
    private long _bytes;

    /// <param name="path">The file that lines go to.</param>
    /// <param name="clock">Tells the days.</param>
    /// <param name="mostBytes">What a file may hold.</param>
    public RollingLines(string path, TimeProvider clock, long mostBytes = MostBytes)
    {
        _path = path;
        _clock = clock;
        _mostBytes = mostBytes;
        _day = Today;
        var last = new FileInfo(path);
        if (last.Exists)
        {
            _bytes = last.Length;
            _day = DayOf(new DateTimeOffset(last.LastWriteTimeUtc));
        }
        _file = new FileLines(path);
    }

    private DateOnly Today => DayOf(_clock.GetUtcNow());

    public void Write(LogLevel level, string line)
    {
        lock (_lock)
        {
            if (_bytes > 0 && (_bytes >= _mostBytes || _day != Today)) Roll();
            _bytes += Encoding.UTF8.GetByteCount(line) + Environment.NewLine.Length;
            _file.Write(level, line);
        }
    }

    public void Dispose()
    {
        lock (_lock) _file.Dispose();
    }

    private DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, _clock.LocalTimeZone).DateTime);

    private void Roll()
    {
        _file.Dispose();
        try
        {
            var number = 1;
            while (File.Exists(AsideOf(number))) number++;
            File.Move(_path, AsideOf(number));
            DeleteOld();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // No line is lost for it: the file goes on until it is full again.
        }
        (_day, _bytes) = (Today, 0);
        _file = new FileLines(_path);
    }

    private string AsideOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{_path}.{_day:yyyy-MM-dd}-{number}");

    private void DeleteOld()
    {
        var oldest = _clock.GetUtcNow().UtcDateTime - _keptFor;
        var aside = new DirectoryInfo(Path.GetDirectoryName(_path)!).GetFiles($"{Path.GetFileName(_path)}.*").OrderByDescending(file => file.LastWriteTimeUtc);
        foreach (var file in aside.Where((file, at) => at >= KeptFiles || file.LastWriteTimeUtc < oldest)) file.Delete();
    }
}
