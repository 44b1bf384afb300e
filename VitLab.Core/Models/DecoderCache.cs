namespace VitLab.Models;

/// <summary>
/// What a decoder remembers of one batch of texts, block by block, so that each new token costs one token's work. Lives as long as the
/// dispose scope it was made in. Made by <see cref="TokenDecoder.begin"/>.
/// </summary>
public sealed class DecoderCache
{
    internal DecoderCache(IReadOnlyList<BlockCache> blocks) => Blocks = blocks;

    /// <summary>Tokens read so far.</summary>
    public int Length => (int)(Blocks[0].Past?.Count ?? 0);

    internal IReadOnlyList<BlockCache> Blocks { get; }
}

/// <summary>One block's share: the memory's keys and values, made once, and those of the text's tokens, growing.</summary>
public sealed class BlockCache(KeyValues memory)
{
    public KeyValues Memory { get; } = memory;

    /// <summary>Of the tokens read so far; null before the first.</summary>
    public KeyValues? Past { get; private set; }

    /// <summary>Of everything up to and including the new tokens.</summary>
    public KeyValues Extend(KeyValues tokens) => Past = Past is null ? tokens : Past.Append(tokens);
}
