namespace VitLab.Models;

// B batch, N tokens (prefix and patches), T tokens of a text, D width, H heads, P patch side, C image channels.

/// <summary>
/// A Vision Transformer: learned prefix tokens (one, CLS, unless the config says otherwise) and patches, learned positions, pre-norm blocks,
/// a final norm and, when there are classes, a linear head. Where blocks look within windows, positions within a window are learned beside those
/// in the picture (Bolya et al., Window Attention is Bugged, https://arxiv.org/abs/2311.05613, section 3). Its state dict has timm's names ("blocks.0.attn.qkv.weight").
/// Dosovitskiy et al., An Image is Worth 16×16 Words, https://arxiv.org/abs/2010.11929.
/// </summary>
public sealed class VisionTransformer : Module<Tensor, Tensor>
{
    private readonly Parameter? cls_token;
    private readonly Parameter? pos_embed;
    private readonly Parameter? pos_embed_window;
    private readonly SineCosinePositions _positions;
    private readonly PatchEmbedding patch_embed;
    private readonly Dropout pos_drop;
    private readonly ModuleList<TransformerBlock> blocks;
    private readonly LayerNorm norm;
    private readonly Linear? head;

    /// <param name="classes">Outputs of the head; 0 makes a backbone without one.</param>
    /// <exception cref="ArgumentException">When windows cut through the patch grid's edge.</exception>
    public VisionTransformer(VitConfig config, int classes = 0)
        : base(nameof(VisionTransformer))
    {
        if (config.WindowBlocks > 0 && (config.GridHeight % config.Window != 0 || config.GridWidth % config.Window != 0))
        {
            throw new ArgumentException($"config: windows of {config.Window} × {config.Window} patches need a patch grid of multiples of that, got {config.GridHeight} × {config.GridWidth}.", nameof(config));
        }

        Config = config;
        cls_token = config.PrefixTokens > 0 ? new Parameter(torch.zeros(1, config.PrefixTokens, config.Dim)) : null;
        pos_embed = config.Positions == PositionEncoding.Learned ? new Parameter(torch.zeros(1, config.Tokens, config.Dim)) : null;
        _positions = new SineCosinePositions(config.Dim, config.PrefixTokens);
        pos_embed_window = config.WindowBlocks > 0 ? new Parameter(torch.zeros(1, config.Window * config.Window, config.Dim)) : null;
        patch_embed = new PatchEmbedding(config);
        pos_drop = Dropout(config.Dropout);
        blocks = new ModuleList<TransformerBlock>([.. Enumerable.Range(0, config.Depth).Select(index => new TransformerBlock(config, index))]);
        norm = LayerNorm(config.Dim, eps: 1e-6);
        head = classes > 0 ? Linear(config.Dim, classes) : null;
        RegisterComponents();
        Initialization.Apply(this, config.Weights);
    }

    public VitConfig Config { get; }

    /// <summary>
    /// Logits (B, classes) of images (B, C, height, width), from the first prefix token or, when there is none, the mean of the patches;
    /// what the head would read (B, D) when there is no head.
    /// </summary>
    public override Tensor forward(Tensor input)
    {
        var tokens = forward_features(input);                                              // (B, N, D)
        var pooled = cls_token is null ? tokens.mean([1]) : tokens.select(1, 0);           // (B, D)
        return head is null ? pooled : head.call(pooled);                                  // (B, classes)
    }

    /// <summary>Normalised tokens (B, N, D), the prefix first, then the patches row by row: what heads of other tasks stand on.</summary>
    public Tensor forward_features(Tensor images)
    {
        var x = patch_embed.call(images);                                                  // (B, patches, D)
        if (pos_embed_window is not null)
        {
            x = x + InEveryWindow(pos_embed_window);
        }

        if (cls_token is not null)
        {
            x = torch.cat([cls_token.expand(x.shape[0], Config.PrefixTokens, Config.Dim), x], dim: 1);
        }

        x = pos_drop.call(x + Positions(images));                                          // (B, N, D)
        foreach (var block in blocks)
        {
            x = block.call(x, null);
        }

        return norm.call(x);
    }

    /// <summary>(1, N, D) for the patches of these images.</summary>
    private Tensor Positions(Tensor images)
    {
        var (rows, columns) = (images.shape[2] / Config.Patch, images.shape[3] / Config.Patch);
        if (pos_embed is null)
        {
            return _positions.Of(rows, columns, images.device);
        }

        if ((rows, columns) == (Config.GridHeight, Config.GridWidth))
        {
            return pos_embed;
        }

        var grid = pos_embed.view(Config.GridHeight, Config.GridWidth, Config.Dim).permute(2, 0, 1);               // (D, gh, gw)
        var (down, across) = (Resampling.Interpolation(Config.GridHeight, rows).to(images.device), Resampling.Interpolation(Config.GridWidth, columns).to(images.device));
        return Resampling.Apply(down, grid, across).flatten(1).transpose(0, 1).unsqueeze(0);
    }

    // (1, patches of a window, D) → (1, patches, D)
    private Tensor InEveryWindow(Tensor positions)
    {
        var (w, rows, columns) = (Config.Window, Config.GridHeight / Config.Window, Config.GridWidth / Config.Window);
        return positions.view(1, 1, w, 1, w, Config.Dim).expand(1, rows, w, columns, w, Config.Dim).reshape(1, Config.Patches, Config.Dim);
    }
}
