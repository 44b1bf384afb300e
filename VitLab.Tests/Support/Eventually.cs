using System.Diagnostics;

namespace VitLab.Tests.Support;

/// <summary>Waits for a state that another process brings about and that can only be asked for.</summary>
public static class Eventually
{
    /// <summary>Asks until <paramref name="accept"/> holds and returns that answer; fails with <paramref name="what"/> and the last answer after <paramref name="seconds"/>.</summary>
    public static async Task<T> GetAsync<T>(string what, Func<Task<T>> ask, Func<T, bool> accept, double seconds = Limit.Seconds)
    {
        var clock = Stopwatch.StartNew();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var answer = await ask();
            if (accept(answer))
            {
                return answer;
            }

            Assert.True(clock.Elapsed.TotalSeconds < seconds, $"{what}: not within {seconds} s; last seen: {answer}");
            await pace.WaitForNextTickAsync();
        }
    }
}
