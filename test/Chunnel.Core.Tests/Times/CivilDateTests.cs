using CsCheck;

namespace Chunnel.Core.Tests;

public sealed class CivilDateTests
{
    [Fact]
    public void Days_and_dates_agree_with_the_platform_in_its_years() =>
        Gen.Int[-719_162, 2_932_896].Sample(days =>
        {
            var date = DateOnly.FromDayNumber(days + 719_162);
            CivilDate.FromDays(days).ShouldBe((date.Year, date.Month, date.Day));
            CivilDate.ToDays(date.Year, date.Month, date.Day).ShouldBe(days);
            (CivilDate.DayOfWeek(days) % 7).ShouldBe((int)date.DayOfWeek);
            CivilDate.DayOfYear(date.Year, date.Month, date.Day).ShouldBe(date.DayOfYear);
        }, iter: 10_000);

    [Fact]
    public void Days_and_dates_lead_back_to_each_other_over_all_years() =>
        Gen.Long[-2_000_000_000, 2_000_000_000].Sample(days =>
        {
            var (year, month, day) = CivilDate.FromDays(days);
            CivilDate.Exists(year, month, day).ShouldBeTrue();
            CivilDate.ToDays(year, month, day).ShouldBe(days);
            CivilDate.FromDays(days + 1).ShouldBe(Next(year, month, day));
        }, iter: 10_000);

    [Theory]
    [InlineData(2023, 2, 29, false)]
    [InlineData(2024, 2, 29, true)]
    [InlineData(1900, 2, 29, false)]
    [InlineData(2000, 2, 29, true)]
    [InlineData(2024, 4, 31, false)]
    [InlineData(2024, 13, 1, false)]
    [InlineData(2024, 0, 1, false)]
    [InlineData(0, 2, 29, true)]
    [InlineData(-4, 2, 29, true)]
    public void Impossible_days_do_not_exist(int year, int month, int day, bool exists) => CivilDate.Exists(year, month, day).ShouldBe(exists);

    private static (int, int, int) Next(int year, int month, int day) =>
        day < CivilDate.DaysInMonth(year, month) ? (year, month, day + 1) : month < 12 ? (year, month + 1, 1) : (year + 1, 1, 1);
}
