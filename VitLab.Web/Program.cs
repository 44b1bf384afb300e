using VitLab.Web.Startup;

return await Serving.RunAsync(WebApp.Build(args), Console.Out, Console.Error);
