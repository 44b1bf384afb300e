namespace VitLab.Models;

/// <summary>
/// Finds and reads digits anywhere on pictures of any size: a <see cref="VisionTransformer"/> without prefix tokens and, on every patch, three linear heads.
/// A dense head as in Tian et al., FCOS, https://arxiv.org/abs/1904.01355. It also carries the two numbers by which its answers are
/// read, chosen on validation data.
/// </summary>
public sealed class SceneDetector : Module<Tensor, SceneTokens>
{
    /// <summary>Outputs of the box head.</summary>
    public const int BoxNumbers = 4;

    /// <summary>First bias of the presence head: about one patch in twenty holds a digit's middle.</summary>
    private const double RarePresence = -3;

    private readonly VisionTransformer backbone;
    private readonly Linear presence;
    private readonly Linear digit;
    private readonly Linear box;
    private readonly Tensor thresholds;

    public SceneDetector(DetectorConfig config)
        : base(nameof(SceneDetector))
    {
        Config = config;
        var dim = config.Vit.Dim;
        backbone = new VisionTransformer(config.Backbone);
        (presence, digit, box) = (Linear(dim, 1), Linear(dim, config.Classes), Linear(dim, BoxNumbers));
        thresholds = torch.full([2], 0.5f);
        RegisterComponents();
        Initialization.Apply(presence);
        Initialization.Apply(digit);
        Initialization.Apply(box);
        using var noGrad = torch.no_grad();
        init.constant_(presence.bias!, RarePresence);
    }

    public DetectorConfig Config { get; }

    public VisionTransformer Backbone => backbone;

    /// <summary>(2) numbers, a buffer of the state dict: the least presence of a digit, and the largest overlap of two digits' boxes, both in 0…1.</summary>
    public Tensor Thresholds => thresholds;

    /// <summary>Answers of every patch of images (B, C, height, width), whose sides are multiples of the patch.</summary>
    public override SceneTokens forward(Tensor input)
    {
        var tokens = backbone.forward_features(input);                                                         // (B, N, D)
        return new SceneTokens(presence.call(tokens).squeeze(-1), digit.call(tokens), box.call(tokens));
    }
}
