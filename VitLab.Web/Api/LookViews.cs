using System.Runtime.InteropServices;
using VitLab.Insight;
using VitLab.Web.Runs;

namespace VitLab.Web.Api;

/// <summary>Whose attention is wanted.</summary>
/// <param name="Of">"prefix", "patch" or "patches".</param>
/// <param name="Index">Of the token before the patches, or of the patch; 0 when absent.</param>
/// <param name="Direction">"to" (the default) or "by".</param>
/// <param name="Method">What all heads together are: "mean" (the default) or "rollout".</param>
internal sealed record LookBody(string? Of, int? Index, string? Direction, string? Method)
{
    public AttentionQuestion ToQuestion() => new(
        Of switch
        {
            "prefix" => AttentionQuery.Prefix,
            "patch" => AttentionQuery.Patch,
            "patches" => AttentionQuery.Patches,
            _ => throw Wrong("of", "prefix, patch or patches", Of),
        },
        Index ?? 0,
        Direction switch { null or "to" => false, "by" => true, _ => throw Wrong("direction", "to or by", Direction) },
        Method switch { null or "mean" => false, "rollout" => true, _ => throw Wrong("method", "mean or rollout", Method) });

    private static RunException Wrong(string field, string expected, string? got) => new($"look.{field}", $"look.{field}: expected {expected}, got {got ?? "nothing"}.");
}

/// <summary>Weights[layer, head, patch] as base64 of little-endian 16-bit numbers, 65,535 = 1; the last head of a layer is all of them together.</summary>
internal sealed record LookView(
    int Layers, int Heads, int Tokens, int PrefixTokens, int GridHeight, int GridWidth, string Of, int Index, string Direction, string Method, byte[] Weights)
{
    public static LookView From(AttentionLook look) => new(
        look.Layers, look.Heads, look.Tokens, look.PrefixTokens, look.GridHeight, look.GridWidth,
        look.Asked.Of.ToString().ToLowerInvariant(), look.Asked.Index, look.Asked.By ? "by" : "to", look.Asked.Rollout ? "rollout" : "mean",
        MemoryMarshal.AsBytes<ushort>(look.Weights).ToArray());
}
