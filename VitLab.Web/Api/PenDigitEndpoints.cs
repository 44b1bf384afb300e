using VitLab.Data;
using VitLab.Vision;
using VitLab.Web.Runs;

namespace VitLab.Web.Api;

/// <summary>Digits by the built-in pen, to put on a canvas.</summary>
internal static class PenDigitEndpoints
{
    public static void MapPenDigits(this RouteGroupBuilder api) =>
        api.MapGet("/pen-digits/{digit}", Draw).WithTags("Drawings").WithSummary("A digit as somebody might draw it; the same seed gives the same strokes.").ProducesProblem(400);

    /// <param name="seed">Left out, every call is another hand.</param>
    private static Drawing Draw(int digit, long? seed = null) =>
        digit is >= 0 and <= 9 ? PenDigits.Draw(digit, seed ?? Random.Shared.NextInt64()) : throw new RunException("digit", $"digit: expected 0 to 9, got {digit}.");
}
