using VitLab.Web.Startup;

await WebApp.Build(args).RunAsync();
