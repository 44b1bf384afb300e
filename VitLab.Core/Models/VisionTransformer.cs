namespace VitLab.Models;

// B batch, N tokens (CLS and patches), D width, H heads, P patch side, C image channels.

/// <summary>
/// A Vision Transformer: patches and a CLS token, learned positions, pre-norm blocks, a final norm and, when there are classes, a linear
/// head that reads the CLS token. Its state dict has timm's names ("blocks.0.attn.qkv.weight").
/// Dosovitskiy et al., An Image is Worth 16×16 Words, https://arxiv.org/abs/2010.11929.
/// </summary>
public sealed class VisionTransformer : Module<Tensor, Tensor>
{
    private readonly Parameter cls_token;
    private readonly Parameter pos_embed;
    private readonly PatchEmbedding patch_embed;
    private readonly Dropout pos_drop;
    private readonly ModuleList<TransformerBlock> blocks;
    private readonly LayerNorm norm;
    private readonly Linear? head;

    /// <param name="classes">Outputs of the head; 0 makes a backbone without one.</param>
    public VisionTransformer(VitConfig config, int classes = 0)
        : base(nameof(VisionTransformer))
    {
        Config = config;
        cls_token = new Parameter(torch.zeros(1, 1, config.Dim));
        pos_embed = new Parameter(torch.zeros(1, config.Tokens, config.Dim));
        patch_embed = new PatchEmbedding(config);
        pos_drop = Dropout(config.Dropout);
        blocks = new ModuleList<TransformerBlock>([.. Enumerable.Range(0, config.Depth).Select(index => new TransformerBlock(config, index))]);
        norm = LayerNorm(config.Dim, eps: 1e-6);
        head = classes > 0 ? Linear(config.Dim, classes) : null;
        RegisterComponents();
        Initialize();
    }

    public VitConfig Config { get; }

    /// <summary>Logits (B, classes) of images (B, C, height, width); the normalised CLS token (B, D) when there is no head.</summary>
    public override Tensor forward(Tensor input)
    {
        var cls = forward_features(input).select(1, 0);    // (B, D)
        return head is null ? cls : head.call(cls);        // (B, classes)
    }

    /// <summary>Normalised tokens (B, N, D), CLS first, then the patches row by row: what heads of other tasks stand on.</summary>
    public Tensor forward_features(Tensor images)
    {
        var patches = patch_embed.call(images);                                 // (B, N - 1, D)
        var cls = cls_token.expand(patches.shape[0], 1, Config.Dim);
        var x = pos_drop.call(torch.cat([cls, patches], dim: 1) + pos_embed);   // (B, N, D)
        foreach (var block in blocks)
        {
            x = block.call(x);
        }

        return norm.call(x);
    }

    // ViT draws weights with a deviation of 0.02, which suits its width of 768. Narrower matrices get the same share of what flows through
    // them: 0.02 · √(768 / inputs). Biases start at 0, norms at 1, positions and CLS with ViT's 0.02.
    private void Initialize()
    {
        const double Deviation = 0.02, Width = 768;
        using var noGrad = torch.no_grad();
        foreach (var (name, parameter) in named_parameters())
        {
            if (name.EndsWith("bias", StringComparison.Ordinal))
            {
                init.zeros_(parameter);
            }
            else if (parameter.dim() > 1)
            {
                var inputs = (double)parameter.numel() / parameter.shape[0];
                init.trunc_normal_(parameter, mean: 0, std: name is "cls_token" or "pos_embed" ? Deviation : Deviation * Math.Sqrt(Width / inputs));
            }
        }
    }
}

/// <summary>Cuts images (B, C, height, width) into patches and projects each to a token: (B, patches, D). One convolution whose stride is its kernel.</summary>
public sealed class PatchEmbedding : Module<Tensor, Tensor>
{
    private readonly Conv2d proj;

    public PatchEmbedding(VitConfig config)
        : base(nameof(PatchEmbedding))
    {
        proj = Conv2d(config.Channels, config.Dim, kernel_size: config.Patch, stride: config.Patch);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => proj.call(input).flatten(2).transpose(1, 2);   // (B, D, gh, gw) → (B, gh · gw, D)
}

/// <summary>One pre-norm block: attention between tokens, then a two-layer network on each token, both added to the residual stream.</summary>
public sealed class TransformerBlock : Module<Tensor, Tensor>
{
    private readonly LayerNorm norm1;
    private readonly SelfAttention attn;
    private readonly LayerNorm norm2;
    private readonly Mlp mlp;
    private readonly DropPath drop_path;

    /// <param name="index">From 0; later blocks are skipped more often under stochastic depth.</param>
    public TransformerBlock(VitConfig config, int index)
        : base(nameof(TransformerBlock))
    {
        norm1 = LayerNorm(config.Dim, eps: 1e-6);
        attn = new SelfAttention(config);
        norm2 = LayerNorm(config.Dim, eps: 1e-6);
        mlp = new Mlp(config);
        drop_path = new DropPath(config.Depth == 1 ? config.StochasticDepth : config.StochasticDepth * index / (config.Depth - 1));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var x = input + drop_path.call(attn.call(norm1.call(input)));    // (B, N, D)
        return x + drop_path.call(mlp.call(norm2.call(x)));              // (B, N, D)
    }
}

/// <summary>linear → GELU → linear on each token, with dropout behind both.</summary>
public sealed class Mlp : Module<Tensor, Tensor>
{
    private readonly Linear fc1;
    private readonly GELU act;
    private readonly Linear fc2;
    private readonly Dropout drop;

    public Mlp(VitConfig config)
        : base(nameof(Mlp))
    {
        fc1 = Linear(config.Dim, config.MlpDim);
        act = GELU();
        fc2 = Linear(config.MlpDim, config.Dim);
        drop = Dropout(config.Dropout);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => drop.call(fc2.call(drop.call(act.call(fc1.call(input)))));
}

/// <summary>
/// Stochastic depth: while training, a sample's branch is dropped with this probability and the others are scaled up to keep the mean.
/// Huang et al., Deep Networks with Stochastic Depth, https://arxiv.org/abs/1603.09382.
/// </summary>
public sealed class DropPath : Module<Tensor, Tensor>
{
    private readonly double _probability;

    public DropPath(double probability)
        : base(nameof(DropPath)) => _probability = probability;

    public override Tensor forward(Tensor input)
    {
        if (!training || _probability == 0)
        {
            return input;
        }

        var kept = functional.dropout(torch.ones(input.shape[0], 1, 1, device: input.device), _probability);   // 0 or 1 / (1 - p) per sample
        return input * kept;
    }
}
